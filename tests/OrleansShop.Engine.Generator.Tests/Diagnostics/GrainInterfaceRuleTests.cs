namespace OrleansShop.Engine.Generator.Tests.Diagnostics;

public sealed class GrainInterfaceRuleTests
{
    [Fact]
    public void A_method_that_does_not_return_a_task_is_an_error() => Expected.Report(
        "public interface ICart : IGrainWithStringKey { int Count(); }",
        "ORSHOP0002", "Count", "'ICart.Count'", "'int'");

    [Fact]
    public void A_method_that_returns_an_unknown_awaitable_is_an_error() => Expected.Report(
        "public interface ICart : IGrainWithStringKey { IObservable<int> Watch(); }",
        "ORSHOP0002", "Watch", "System.IObservable<int>");

    [Fact]
    public void A_grain_method_that_returns_void_is_one_way_and_told_so() => Expected.Report(
        "public interface ICart : IGrainWithStringKey { void Touch(); }",
        "ORSHOP0003", "Touch", "'ICart.Touch'", "[OneWay]");

    [Fact]
    public void Void_is_ordinary_on_an_observer_and_where_OneWay_says_it() => Assert.Empty(Running.GeneratorRun.Of("""
        public interface ICart : IGrainWithStringKey { [OneWay] void Touch(); }
        public interface IListener : IGrainObserver { void Heard(string what); }
        """).CompilesCleanly().Findings);

    [Theory]
    [InlineData("Task<int>")]
    [InlineData("ValueTask<int>")]
    [InlineData("IAsyncEnumerable<int>")]
    public void A_one_way_method_has_no_result(string type) => Expected.Report(
        $"public interface ICart : IGrainWithStringKey {{ [OneWay] {type} Count(); }}",
        "ORSHOP0004", "Count", "'ICart.Count'");

    [Fact]
    public void A_method_has_one_cancellation_token() => Expected.Report(
        "public interface ICart : IGrainWithStringKey { Task Clear(CancellationToken first, CancellationToken second); }",
        "ORSHOP0005", "Clear", "2 CancellationToken");

    [Fact]
    public void A_method_has_one_grain_cancellation_token_and_may_have_the_other_kind_too()
    {
        Expected.Report(
            "public interface ICart : IGrainWithStringKey { Task Clear(GrainCancellationToken first, GrainCancellationToken second); }",
            "ORSHOP0005", "Clear", "2 GrainCancellationToken");
        Expected.Nothing("public interface ICart : IGrainWithStringKey { Task Clear([Immutable] GrainCancellationToken? first, CancellationToken second, int count); }");
    }

    [Theory]
    [InlineData("Task<GrainCancellationToken> Clear()", "The result of 'ICart.Clear'")]
    [InlineData("Task Clear(List<GrainCancellationToken> tokens)", "Parameter 'tokens' of 'ICart.Clear'")]
    [InlineData("IAsyncEnumerable<int> Clear(GrainCancellationToken token)", "'ICart.Clear', which returns a sequence")]
    public void A_grain_cancellation_token_is_a_parameter_of_its_own(string method, string named) => Expected.Report(
        $"public interface ICart : IGrainWithStringKey {{ {method}; }}", "ORSHOP0024", "Clear", named);

    [Fact]
    public void A_grain_cancellation_token_is_no_member_of_what_is_serialized() => Expected.Report(
        "[GenerateSerializer] public class Order { [Id(0)] public GrainCancellationToken? Token { get; set; } }", "ORSHOP0024", "Token", "'Order.Token'");

    [Theory]
    [InlineData("ref")]
    [InlineData("out")]
    [InlineData("in")]
    public void A_parameter_is_passed_by_value(string how) => Expected.Report(
        $"public interface ICart : IGrainWithStringKey {{ Task Add({how} int count); }}",
        "ORSHOP0006", "Add", "'count'", "'ICart.Add'");

    [Theory]
    [InlineData("int Count { get; }", "Count", "property")]
    [InlineData("event Action Changed;", "Changed", "event")]
    [InlineData("int this[int index] { get; }", "this", "indexer")]
    public void A_grain_interface_has_only_methods(string member, string at, string kind) => Expected.Report(
        $"public interface ICart : IGrainWithStringKey {{ {member} }}",
        "ORSHOP0007", at, kind);

    [Fact]
    public void Two_methods_with_one_id_are_an_error() => Expected.Report(
        "public interface ICart : IGrainWithStringKey { [Id(7)] Task Add(int count); [Id(7)] Task Remove(int count); }",
        "ORSHOP0008", "Remove", "ICart.Add(int)", "ICart.Remove(int)", "0x00000007", "'ICart'");

    [Fact]
    public void Overloads_that_differ_by_a_token_have_different_ids() => Expected.Nothing("""
        public interface ICart : IGrainWithStringKey { Task Clear(); Task Clear(CancellationToken cancellationToken); }
        """);

    [Fact]
    public void The_same_method_inherited_twice_has_two_ids() => Expected.Nothing("""
        public interface IReadable<T> { Task<T> Read(string key); }
        public interface ICart : IGrainWithStringKey, IReadable<int>, IReadable<long> { }
        """);

    [Theory]
    [InlineData("soon")]
    [InlineData("-00:00:01")]
    public void A_response_timeout_is_a_positive_time(string text) => Expected.Report(
        $"public interface ICart : IGrainWithStringKey {{ [ResponseTimeout(\"{text}\")] Task Clear(); }}",
        "ORSHOP0014", "Clear", text);

    [Fact]
    public void An_interface_that_generated_code_cannot_name_is_an_error() => Expected.Report(
        "public class Outer { private interface ICart : IGrainWithStringKey { Task Clear(); } }",
        "ORSHOP0013", "ICart", "'Outer.ICart'");

    [Fact]
    public void What_is_wrong_with_an_inherited_method_is_said_once() => Expected.Report("""
        public interface ICounted : IGrainWithStringKey { int Count(); }
        public interface ICart : ICounted { }
        public interface IBasket : ICounted { }
        """,
        "ORSHOP0002", "Count", "'ICounted.Count'");

    [Fact]
    public void A_grain_class_has_a_key() => Expected.Report("""
        public interface ICart : IGrain { Task Clear(); }
        public class CartGrain : Grain, ICart { public Task Clear() => Task.CompletedTask; }
        """,
        "ORSHOP0012", "CartGrain", "'CartGrain'", "'ICart'");
}
