using OrleansShop.Engine.Generator.Tests.Running;

namespace OrleansShop.Engine.Generator.Tests.Interfaces;

public sealed class GrainInterfaceSnapshotTests
{
    [Fact]
    public void An_interface_becomes_a_reference_a_description_and_a_call_class_per_method() => Check("IOrderGrain", """
        namespace Shop;

        public interface IOrderGrain : IGrainWithStringKey
        {
            Task Place(string product, int count, CancellationToken cancellationToken);
            ValueTask Confirm();
            [ReadOnly] Task<List<string>> Lines(DateTime since);
            [AlwaysInterleave, ResponseTimeout("00:00:05")] ValueTask<decimal> Total([Immutable] Dictionary<string, decimal> prices, int[] discounts);
            [OneWay] Task Remind(Urgency urgency);
            IAsyncEnumerable<string> Follow(CancellationToken cancellationToken);
            Task<string> Describe() => Task.FromResult("an order");
        }

        public enum Urgency { Low, High }
        """);

    [Fact]
    public void A_generic_interface_has_open_classes_and_descriptors_that_find_its_methods() => Check("IStoreGrain_1", """
        namespace Shop;

        public interface IStoreGrain<TItem> : IGrainWithGuidKey, IReadable<TItem>
            where TItem : class, new()
        {
            Task Put(TItem item, List<TItem?> more);
            Task<TOther> Convert<TOther>(TItem item, TOther[] others) where TOther : struct;
        }

        public interface IReadable<T>
        {
            ValueTask<T> Read((int Page, string? Filter) query);
        }
        """);

    [Fact]
    public void An_observer_is_one_way_where_its_methods_return_void() => Check("IListener", """
        public interface IListener : IGrainObserver
        {
            void Heard(string what);
            Task Asked(Guid id);
        }
        """);

    private static void Check(string stem, string source) =>
        Snapshot.Matches(stem, GeneratorRun.Of(source).CompilesCleanly().Source(stem + ".g.cs"));
}
