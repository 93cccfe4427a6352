using Orleans.Runtime;

namespace OrleansShop.Engine.Placement;

/// <summary>Grain ids hash onto a fixed number of partitions; silos own partitions, not grains.</summary>
internal static class Partition
{
    /// <summary>
    /// How many partitions there are. Enough that 50 silos share them within a few percent, few enough that a table of owners is
    /// 2 KB. Every process of a cluster must agree on it: changing it changes the protocol version.
    /// </summary>
    public const int Count = 1024;

    private const int IndexBits = 10;

    /// <summary>The partition of a grain.</summary>
    public static int Of(GrainId grain) => Of(grain.GetUniformHashCode());

    /// <summary>The partition of a uniform hash.</summary>
    public static int Of(uint hash) => (int)(hash >> (32 - IndexBits));
}
