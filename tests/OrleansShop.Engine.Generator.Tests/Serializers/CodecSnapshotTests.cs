using OrleansShop.Engine.Generator.Tests.Running;

namespace OrleansShop.Engine.Generator.Tests.Serializers;

public sealed class CodecSnapshotTests
{
    [Fact]
    public void A_class_is_written_by_its_ids_past_accessibility() => Check("Customer", """
        namespace Shop;

        [GenerateSerializer, Alias("customer")]
        public class Customer
        {
            [Id(3)] private int _visits;
            [Id(0)] public required string Name { get; init; }
            [Id(1)] public List<string>? Notes { get; set; }
            [Id(2)] public Customer? Friend { get; private set; }
            [Id(5)] public int Visits { get => _visits; private set => _visits = value; }
            [Id(6), Immutable] public byte[] Photo = [];
            [NonSerialized] private readonly object _lock = new();
        }
        """);

    [Fact]
    public void A_record_is_written_by_position_and_its_other_members_by_id() => Check("Order", """
        namespace Shop;

        [GenerateSerializer]
        public abstract record Document([property: Immutable] int[] Pages, DateTimeOffset At);

        [GenerateSerializer, SuppressReferenceTracking]
        public sealed record Order(int[] Pages, DateTimeOffset At, string Buyer) : Document(Pages, At)
        {
            [Id(0)] public Guid Id { get; init; }
        }
        """);

    [Fact]
    public void A_generic_struct_is_written_in_place() => Check("Pair_2", """
        namespace Shop;

        [GenerateSerializer, Immutable]
        public readonly struct Pair<TFirst, TSecond>(TFirst first, TSecond second)
            where TSecond : struct, IComparable<TSecond>
        {
            [Id(0)] public readonly TFirst First = first;
            [Id(1)] public TSecond Second { get; } = second;
            [Id(2)] public TSecond? Third { get; init; }
        }
        """);

    private static void Check(string stem, string source) =>
        Snapshot.Matches(stem, GeneratorRun.Of(source).CompilesCleanly().Source("." + stem + ".Codec.g.cs"));
}
