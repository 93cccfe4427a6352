namespace OrleansShop.Engine.Generator.Tests.Diagnostics;

public sealed class SerializerRuleTests
{
    [Theory]
    [InlineData("Task Add(Product product);", "Parameter 'product' of 'ICart.Add'", "")]
    [InlineData("Task Add(List<Product?[]> products);", "Parameter 'products' of 'ICart.Add'", "a part of ")]
    [InlineData("Task<Dictionary<string, Product>> Add();", "The result of 'ICart.Add'", "a part of ")]
    [InlineData("IAsyncEnumerable<(int, Product)> Add();", "The result of 'ICart.Add'", "a part of ")]
    public void An_argument_or_result_without_a_serializer_is_an_error(string method, string what, string part) => Expected.Report(
        $"public class Product; public interface ICart : IGrainWithStringKey {{ {method} }}",
        "ORSHOP0001", "Add", what, "'Product'", part);

    [Theory]
    [InlineData("Stream")]
    [InlineData("Action")]
    [InlineData("Task")]
    [InlineData("Thread")]
    public void A_member_of_a_type_that_cannot_be_serialized_is_an_error(string type) => Expected.Report(
        $"using System.IO; [GenerateSerializer] public class Order {{ [Id(0)] public {type}? Part; }}",
        "ORSHOP0001", "Part", "'Order.Part'", type);

    [Fact]
    public void What_the_engine_knows_has_a_serializer() => Expected.Nothing("""
        using System.Collections.Concurrent;
        using System.Collections.Frozen;
        using System.Collections.Immutable;
        using System.Net;
        using System.Numerics;

        public interface IThing { }
        public enum Size { Small }
        public interface ICart : IGrainWithStringKey { Task Clear(); }

        [GenerateSerializer]
        public class Order<T>
        {
            [Id(0)] public (int, string?, Uri) Tuple;
            [Id(1)] public Dictionary<string, List<Guid?>>? Map;
            [Id(2)] public ImmutableArray<BigInteger> Numbers;
            [Id(3)] public object? Anything;
            [Id(4)] public IThing? Something;
            [Id(5)] public IReadOnlyList<Size>? Sizes;
            [Id(6)] public InvalidOperationException? Failure;
            [Id(7)] public ICart? Cart;
            [Id(8)] public T[,]? Matrix;
            [Id(9)] public Order<Order<T>>? Nested;
            [Id(10)] public KeyValuePair<IPAddress, Version> Pair;
            [Id(11)] public FrozenSet<ReadOnlyMemory<byte>>? Frozen;
            [Id(12)] public ConcurrentDictionary<GrainId, SiloAddress>? Places;
            [Id(13)] public Tuple<int, Half, DateOnly, TimeOnly>? Old;
            [Id(14)] public Immutable<byte[]> Bytes;
        }
        """);

    [Fact]
    public void A_type_with_a_converter_has_a_serializer() => Expected.Nothing("""
        public class Outside(int number) { public int Number => number; }
        [GenerateSerializer] public struct OutsideSurrogate { [Id(0)] public int Number; }
        [RegisterConverter]
        public sealed class OutsideConverter : IConverter<Outside, OutsideSurrogate>
        {
            public Outside ConvertFromSurrogate(in OutsideSurrogate surrogate) => new(surrogate.Number);
            public OutsideSurrogate ConvertToSurrogate(in Outside value) => new() { Number = value.Number };
        }
        public interface ICart : IGrainWithStringKey { Task Add(Outside outside); }
        """);

    [Theory]
    [InlineData("public int Count;", "Count")]
    [InlineData("private int _count; public int Twice => _count * 2;", "_count")]
    [InlineData("public int Count { get; private set; }", "Count")]
    public void A_member_without_an_id_is_a_warning(string member, string at) => Expected.Report(
        $"[GenerateSerializer] public class Order {{ {member} }}",
        "ORSHOP0009", at, "'Order." + at);

    [Fact]
    public void A_pragma_switches_a_warning_off() => Assert.DoesNotContain(Running.GeneratorRun.Of("""
        #pragma warning disable ORSHOP0009
        [GenerateSerializer] public class Order { public int Count; }
        """).Reported, finding => !finding.IsSuppressed);

    [Fact]
    public void A_parameter_that_members_use_without_an_id_is_a_warning() => Expected.Report(
        "[GenerateSerializer] public class Order(int count) { public int Twice() => count * 2; }",
        "ORSHOP0009", "count", "'Order(count)'");

    [Fact]
    public void A_member_that_is_said_to_be_left_out_is_left_out() => Expected.Nothing("""
        [GenerateSerializer]
        public class Order(int seed)
        {
            [Id(0)] private readonly int _seed = seed;
            [NonSerialized] private readonly Lock _lock = new();
            [field: NonSerialized] public int Cached { get; set; }
            public int Twice => _seed * 2;
            public static int Made { get; set; }
            public const int Most = 10;
            public void Lock() { lock (_lock) Changed?.Invoke(); }
            public event Action? Changed;
        }
        """);

    [Fact]
    public void Two_members_with_one_id_are_an_error() => Expected.Report(
        "[GenerateSerializer] public class Order { [Id(1)] public int Count; [Id(1)] public int Price { get; set; } }",
        "ORSHOP0010", "Price", "Order.Count", "Order.Price", "[Id(1)]");

    [Fact]
    public void A_base_class_and_a_record_s_parameters_have_ids_of_their_own() => Expected.Nothing("""
        [GenerateSerializer] public class Document { [Id(0)] public int Number; }
        [GenerateSerializer] public class Order : Document { [Id(0)] public int Count; }
        [GenerateSerializer] public record Line(int Count) { [Id(0)] public int Price { get; init; } }
        """);

    [Theory]
    [InlineData("public int Twice => 2;", "Twice")]
    [InlineData("public static int Made;", "Made")]
    public void An_id_stands_on_what_holds_a_value(string member, string at) => Expected.Report(
        $"[GenerateSerializer] public class Order {{ [Id(0)] {member} }}",
        "ORSHOP0011", at, "'Order." + at);

    [Fact]
    public void Two_types_with_one_alias_are_an_error() => Expected.Report("""
        [GenerateSerializer, Alias("order")] public class Order;
        [GenerateSerializer, Alias("order")] public class Orders;
        """,
        "ORSHOP0015", "Orders", "'Order'", "'Orders'", "\"order\"");

    [Fact]
    public void A_base_class_that_would_be_lost_is_a_warning() => Expected.Report(
        "public class Document { public int Number; } [GenerateSerializer] public class Order : Document { [Id(0)] public int Count; }",
        "ORSHOP0016", "Order", "'Order'", "'Document'");

    [Theory]
    [InlineData("public static class Orders", "Orders", "a static class")]
    [InlineData("public ref struct Orders", "Orders", "a ref struct")]
    public void Only_what_has_values_has_a_serializer(string declaration, string at, string kind) => Expected.Report(
        $"[GenerateSerializer] {declaration} {{ }}",
        "ORSHOP0017", at, kind);

    [Fact]
    public void A_registered_converter_converts() => Expected.Report(
        "[RegisterConverter] public class Nothing { }",
        "ORSHOP0018", "Nothing", "'Nothing'", "IConverter");

    [Theory]
    [InlineData("OrleansConstructor", "int count")]
    [InlineData("GeneratedActivatorConstructor", "string count")]
    [InlineData("GeneratedActivatorConstructor", "int[] count")]
    public void A_marked_constructor_has_services_only(string attribute, string parameter) => Expected.Report(
        $"[GenerateSerializer] public class Order {{ [{attribute}] public Order({parameter}) {{ }} [Id(0)] public int Count; }}",
        "ORSHOP0019", "count", "'Order'", "'count'");

    [Fact]
    public void A_marked_constructor_may_have_services() => Expected.Nothing("""
        public interface IClock;
        [GenerateSerializer]
        public class Order
        {
            [GeneratedActivatorConstructor] private Order(IClock clock, List<string> names) { }
            [Id(0)] public int Count;
        }
        """);

    [Theory]
    [InlineData("public class Told { }")]
    [InlineData("public class Told { public void OnDeserialized(string value) { } }")]
    [InlineData("public class Told { public int OnDeserialized(Order value) => 1; }")]
    [InlineData("public class Told { private void OnDeserialized(Order value) { } }")]
    public void Callbacks_have_a_method_for_the_type(string told) => Expected.Report(
        $"{told} [GenerateSerializer, SerializationCallbacks(typeof(Told))] public class Order {{ }}",
        "ORSHOP0020", "Order", "'Told'", "'Order'");

    [Fact]
    public void Callbacks_with_a_method_for_the_type_are_called() => Expected.Nothing("""
        public class Base { public void OnCopied(object original, object copy) { } }
        public class Told : Base { public void OnDeserialized(Order value) { } public void OnSerializing(in Line value) { } }
        [GenerateSerializer, SerializationCallbacks(typeof(Told))] public class Order { [Id(0)] public int Count; }
        [GenerateSerializer, SerializationCallbacks(typeof(Told))] public struct Line { [Id(0)] public int Count; }
        """);

    [Theory]
    [InlineData("public class OrderCodec", "does not derive")]
    [InlineData("public abstract class OrderCodec : ObjectCodec<Order>", "is abstract")]
    public void A_registered_serializer_is_a_codec(string declaration, string fault) => Expected.Report(
        $"using OrleansShop.Engine.Serialization; public class Order; [RegisterSerializer] {declaration} {{ }}",
        "ORSHOP0021", "OrderCodec", "'OrderCodec'", fault);

    [Fact]
    public void A_type_with_a_registered_serializer_has_one() => Expected.Nothing("""
        using OrleansShop.Engine.Serialization;
        public readonly record struct Temperature(int Degrees);
        [RegisterSerializer]
        public class TemperatureCodec : Codec<Temperature>
        {
            public override void WriteField(PayloadWriter writer, uint idDelta, Temperature value) => writer.WriteInt32(idDelta, value.Degrees);
            public override Temperature ReadField(PayloadReader reader, FieldTag tag) => new(reader.ReadInt32(tag));
            public override Temperature Copy(Temperature value, CopyContext context) => value;
        }
        public interface IRoom : IGrainWithStringKey { Task<Temperature> Measure(); }
        """);

    [Theory]
    [InlineData("public class OrderActivator", "does not implement")]
    [InlineData("public abstract class OrderActivator : Orleans.Serialization.Activators.IActivator<Order>", "is abstract")]
    public void A_registered_activator_is_one(string declaration, string fault) => Expected.Report(
        $"public class Order; [RegisterActivator] {declaration} {{ public Order Create() => new(); }}",
        "ORSHOP0022", "OrderActivator", "'OrderActivator'", fault);

    [Fact]
    public void A_type_with_an_activator_needs_no_constructor() => Expected.Nothing("""
        [GenerateSerializer, UseActivator] public class Order(int seed) { [Id(0)] private int _seed = seed; public int Seed => _seed; }
        [RegisterActivator] public class OrderActivator : Orleans.Serialization.Activators.IActivator<Order> { public Order Create() => new(1); }
        """);

    [Theory]
    [InlineData("[RegisterCopier] public class Thing", "Thing")]
    [InlineData("[GenerateMethodSerializers(typeof(object))] public interface IThing", "IThing")]
    public void What_is_not_supported_is_said(string declaration, string at) => Expected.Report(
        $"{declaration} {{ }}", "ORSHOP0023", at, $"'{at}'", "[");

    [Fact]
    public void A_populated_base_class_is_not_lost() => Expected.Nothing("""
        public class Document { public int Number; }
        [GenerateSerializer] public struct DocumentSurrogate { [Id(0)] public int Number; }
        [RegisterConverter]
        public class DocumentConverter : IConverter<Document, DocumentSurrogate>, IPopulator<Document, DocumentSurrogate>
        {
            public Document ConvertFromSurrogate(in DocumentSurrogate surrogate) => new() { Number = surrogate.Number };
            public DocumentSurrogate ConvertToSurrogate(in Document value) => new() { Number = value.Number };
            public void Populate(in DocumentSurrogate surrogate, Document value) => value.Number = surrogate.Number;
        }
        [GenerateSerializer] public class Order : Document { [Id(0)] public int Count; }
        """);

    [Fact]
    public void A_populator_has_a_converter_with_its_surrogate() => Expected.Report("""
        public class Document;
        [GenerateSerializer] public struct First;
        [GenerateSerializer] public struct Second;
        [RegisterConverter]
        public class DocumentConverter : IConverter<Document, First>, IPopulator<Document, Second>
        {
            public Document ConvertFromSurrogate(in First surrogate) => new();
            public First ConvertToSurrogate(in Document value) => new();
            public void Populate(in Second surrogate, Document value) { }
        }
        """,
        "ORSHOP0018", "DocumentConverter", "'DocumentConverter'", "IPopulator");

    [Fact]
    public void A_private_nested_type_is_an_error() => Expected.Report(
        "public class Outer { [GenerateSerializer] private class Order { [Id(0)] public int Count; } }",
        "ORSHOP0013", "Order", "'Outer.Order'");

    [Fact]
    public void A_member_of_a_private_type_is_an_error() => Expected.Report(
        "[GenerateSerializer] public class Order { [Id(0)] private List<Size> _sizes = []; private enum Size; public int Count => _sizes.Count; }",
        "ORSHOP0013", "_sizes", "'Order._sizes'", "Order.Size");
}
