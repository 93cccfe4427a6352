using OrleansShop.Engine.Generator.Tests.Running;

namespace OrleansShop.Engine.Generator.Tests.Manifest;

public sealed class ManifestSnapshotTests
{
    [Fact]
    public void The_manifest_lists_interfaces_classes_codecs_converters_and_aliases()
    {
        var run = GeneratorRun.Of("""
            namespace Shop;

            [Alias("counter")]
            public interface ICounter : IGrainWithIntegerKey { Task<int> Next(); }
            public interface IBox<T> : IGrainWithStringKey { Task Put(T value); }
            public class CounterGrain : Grain, ICounter { public Task<int> Next() => Task.FromResult(1); }
            public class BoxGrain<T> : Grain, IBox<T> { public Task Put(T value) => Task.CompletedTask; }
            public abstract class HalfGrain : Grain, ICounter { public abstract Task<int> Next(); }
            public class FakeCounter : ICounter { public Task<int> Next() => Task.FromResult(1); }

            [GenerateSerializer, Alias("money \"m\"")] public readonly record struct Money(decimal Amount, string Currency);
            [GenerateSerializer] public class Page<T> { [Id(0)] public List<T> Items { get; set; } = []; }
            [GenerateSerializer] public enum Size { Small, Large }

            public class Outside(Uri address) { public Uri Address => address; }
            [GenerateSerializer] public struct OutsideSurrogate { [Id(0)] public string Address; }
            [RegisterConverter]
            public sealed class OutsideConverter : IConverter<Outside, OutsideSurrogate>
            {
                public Outside ConvertFromSurrogate(in OutsideSurrogate surrogate) => new(new Uri(surrogate.Address));
                public OutsideSurrogate ConvertToSurrogate(in Outside value) => new() { Address = value.Address.ToString() };
            }
            """).CompilesCleanly();

        Snapshot.Matches("Manifest", run.Source("Manifest.g.cs"));
    }

    [Fact]
    public void An_assembly_without_anything_to_list_gets_nothing() =>
        Assert.Empty(GeneratorRun.Of("public class Nothing { public int Value { get; set; } }").CompilesCleanly().Sources);
}
