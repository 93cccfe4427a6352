using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Generator.Tests.Running;

namespace OrleansShop.Engine.Generator.Tests.Interfaces;

public sealed class GrainMethodTests
{
    [Fact]
    public void Each_descriptor_finds_its_method()
    {
        var manifest = LoadedManifest.Of("""
            public class Outer<T1> where T1 : notnull
            {
                public interface IStore<T2> : IGrainWithStringKey, IReadable<List<T2>>
                {
                    Task Put(T1 first, T2[] second, Dictionary<T1, (T2, int)[,]> third);
                    Task Put(T2 only, CancellationToken cancellationToken);
                    Task Convert<T3>(List<T3[]> from, T1 to, T3 last);
                    Task Convert<T3, T4>(List<T4> from, T3 to);
                }
            }

            public interface IReadable<T> { ValueTask<T> Read(T like, Nullable<int> count); }
            public interface IPlain : IGrainWithGuidKey, IReadable<string?> { Task Clear(); Task<T> Echo<T>(T value); }
            """);

        var methods = manifest.Types.Interfaces.Values.SelectMany(describe => describe().Methods).ToArray();

        Assert.Equal(8, methods.Length);
        Assert.All(methods, m => Assert.Equal(m.Method.Name, m.Method.Reflected.Name));
        Assert.Equal(8, methods.Select(m => (m.Method.InterfaceType, m.Method.Reflected)).Distinct().Count());
    }

    [Fact]
    public void A_generic_call_knows_its_closed_method()
    {
        var manifest = LoadedManifest.Of("public interface IStore<T> : IGrainWithStringKey { Task<TTo> Convert<TTo>(T from); }");

        var method = manifest.NewCall("IStore`1", "Convert", typeof(int), typeof(string)).GetMethod();

        Assert.Equal([typeof(int)], method.DeclaringType!.GetGenericArguments());
        Assert.Equal(typeof(Task<string>), method.ReturnType);
    }

    [Fact]
    public void Arguments_can_be_read_and_replaced_and_the_token_is_not_one()
    {
        var call = LoadedManifest.Of("public interface ICart : IGrainWithStringKey { Task Add(string what, CancellationToken token, int count); }")
            .NewCall("ICart", "Add");
        using var source = new CancellationTokenSource();

        call.SetArgument(0, "ball");
        call.SetArgument(1, 3);
        call.CancellationToken = source.Token;

        Assert.Equal(2, call.GetArgumentCount());
        Assert.Equal(["ball", 3], [call.GetArgument(0), call.GetArgument(1)]);
        Assert.Equal(source.Token, call.CancellationToken);
        Assert.True(call.Method.Traits.HasFlag(GrainMethodTraits.Cancellable));
        Assert.Equal(["ball", source.Token, 3], call.GetType().GetFields().Select(f => f.GetValue(call)));
    }

    [Theory]
    [InlineData("Task Add(string what, int count)", "Task Add(string thing, int number)")]
    [InlineData("Task Add(string what)", "ValueTask<int> Add(string what)")]
    [InlineData("Task Add(string what)", "Task Add(string what, CancellationToken token)")]
    [InlineData("Task Add<T>(List<T> what)", "Task Add<TItem>(List<TItem> what)")]
    [InlineData("[Alias(\"add\")] Task Add(string what)", "[Alias(\"add\")] Task Insert(string what)")]
    [InlineData("Task Add((string What, int Count) line)", "Task Add((string, int) line)")]
    public void What_does_not_change_the_signature_does_not_change_the_id(string before, string after) => Assert.Equal(IdOf(before), IdOf(after));

    [Theory]
    [InlineData("Task Add(string what)", "Task Add(int what)")]
    [InlineData("Task Add(string what)", "Task Insert(string what)")]
    [InlineData("Task Add(string what)", "[Alias(\"add\")] Task Add(string what)")]
    public void What_changes_the_signature_changes_the_id(string before, string after) => Assert.NotEqual(IdOf(before), IdOf(after));

    [Fact]
    public void An_id_is_what_it_always_was()
    {
        Assert.Equal(0x9af2c15cu, IdOf("Task Add(string what, List<int[]> counts)"));
        Assert.Equal(12u, IdOf("[Id(12)] Task Add(string what)"));
    }

    [Fact]
    public void Attributes_and_parameters_become_traits_and_timeout()
    {
        var manifest = LoadedManifest.Of("""
            public interface ICart : IGrainWithStringKey
            {
                [ReadOnly, AlwaysInterleave] Task Look();
                [ResponseTimeout("00:01:30")] Task Wait();
                [OneWay] ValueTask Hint();
                void Touch();
                Task Fill(string what, int[] counts);
            }
            """);

        Assert.Equal(GrainMethodTraits.SharesArguments | GrainMethodTraits.ReadOnly | GrainMethodTraits.AlwaysInterleave, manifest.Method("ICart", "Look").Method.Traits);
        Assert.Equal(TimeSpan.FromSeconds(90), manifest.Method("ICart", "Wait").Method.ResponseTimeout);
        Assert.Equal(GrainMethodTraits.SharesArguments | GrainMethodTraits.OneWay, manifest.Method("ICart", "Hint").Method.Traits);
        Assert.Equal(GrainMethodTraits.SharesArguments | GrainMethodTraits.OneWay, manifest.Method("ICart", "Touch").Method.Traits);
        Assert.Equal(GrainMethodTraits.None, manifest.Method("ICart", "Fill").Method.Traits);
    }

    private static uint IdOf(string method)
    {
        var manifest = LoadedManifest.Of($"public interface ICart : IGrainWithStringKey {{ {method}; }}");
        return Assert.Single(Assert.Single(manifest.Types.Interfaces).Value().Methods).Method.Id;
    }
}
