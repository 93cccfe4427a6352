using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;
using Orleans.Runtime;

namespace OrleansShop.Engine.Placement;

/// <summary>
/// Who owns each partition among one set of silos, by rendezvous hashing: for every partition, every silo has a weight, and the
/// heaviest owns it. A silo that joins takes only what it now outweighs; a silo that leaves gives up only its own.
/// </summary>
internal sealed class PartitionTable
{
    private readonly ushort[] _owners;

    private PartitionTable(ImmutableArray<SiloAddress> silos, ushort[] owners)
    {
        Silos = silos;
        _owners = owners;
    }

    /// <summary>The silos that share the partitions, in address order; never empty.</summary>
    public ImmutableArray<SiloAddress> Silos { get; }

    /// <summary>Computes the owners. Costs about 2 ns per silo and partition.</summary>
    public static PartitionTable For(IEnumerable<SiloAddress> hosts)
    {
        var silos = hosts.Distinct().Order().ToImmutableArray();
        if (silos.IsEmpty)
            throw new ArgumentException("A partition table needs at least one silo.", nameof(hosts));

        var seeds = silos.Select(Seed).ToArray();
        var owners = new ushort[Partition.Count];
        for (var partition = 0; partition < owners.Length; partition++)
            owners[partition] = Heaviest(seeds, partition);
        return new(silos, owners);
    }

    /// <summary>The owner of one partition among some silos, of which there is at least one.</summary>
    public static SiloAddress Heaviest(IEnumerable<SiloAddress> hosts, int partition)
    {
        var silos = hosts.Distinct().Order().ToArray();
        return silos[Heaviest(silos.Select(Seed).ToArray(), partition)];
    }

    /// <summary>The owner of a partition.</summary>
    /// <remarks>Hot path: two array reads.</remarks>
    public SiloAddress OwnerOf(int partition) => Silos[_owners[partition]];

    /// <summary>The partitions that <paramref name="silo"/> owns; empty if it is not among the silos.</summary>
    public PartitionSet OwnedBy(SiloAddress silo)
    {
        var index = Silos.IndexOf(silo);
        return index < 0 ? PartitionSet.Empty : PartitionSet.Of(Enumerable.Range(0, Partition.Count).Where(partition => _owners[partition] == index));
    }

    private static ushort Heaviest(ulong[] seeds, int partition)
    {
        var best = 0;
        var bestWeight = Weight(seeds[0], partition);
        for (var i = 1; i < seeds.Length; i++)
        {
            // On equal weights the lower address wins everywhere, because the silos are in address order.
            var weight = Weight(seeds[i], partition);
            if (weight > bestWeight)
                (best, bestWeight) = (i, weight);
        }

        return (ushort)best;
    }

    // The text, not the bytes in memory: every platform and version must weigh alike.
    private static ulong Seed(SiloAddress silo) => XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(silo.ToParsableString()));

    // The finalizer of SplitMix64: every input bit changes every output bit with probability one half.
    private static ulong Weight(ulong seed, int partition)
    {
        var z = seed + ((ulong)partition + 1) * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
