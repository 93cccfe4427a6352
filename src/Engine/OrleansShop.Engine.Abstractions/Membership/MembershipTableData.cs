using Orleans.Runtime;

namespace Orleans;

/// <summary>Rows of a membership table, each with its ETag, and the version: as of one moment. Immutable.</summary>
[GenerateSerializer]
public sealed class MembershipTableData
{
    /// <summary>Takes rows and version.</summary>
    public MembershipTableData(List<Tuple<MembershipEntry, string>> list, TableVersion version)
    {
        // Those that serve first: readers look for them.
        Members = [.. list.OrderBy(row => row.Item1.Status == SiloStatus.Dead).ThenBy(row => row.Item1.SiloAddress)];
        Version = version;
    }

    /// <summary>Takes one row and the version.</summary>
    public MembershipTableData(Tuple<MembershipEntry, string> tuple, TableVersion version)
        : this([tuple], version)
    {
    }

    /// <summary>Takes a version without rows.</summary>
    public MembershipTableData(TableVersion version)
        : this([], version)
    {
    }

    /// <summary>The rows and their ETags.</summary>
    [Id(0)]
    public IReadOnlyList<Tuple<MembershipEntry, string>> Members { get; }

    /// <summary>The version.</summary>
    [Id(1)]
    public TableVersion Version { get; }

    /// <summary>Returns the row of a silo; null if there is none.</summary>
    public Tuple<MembershipEntry, string>? TryGet(SiloAddress silo) => Members.FirstOrDefault(row => row.Item1.SiloAddress.Equals(silo));

    /// <summary>Returns the same without dead silos that have a later start here.</summary>
    public MembershipTableData WithoutDuplicateDeads() =>
        new([.. Members.Where(row => row.Item1.Status != SiloStatus.Dead || !Members.Any(other => other.Item1.SiloAddress.IsSuccessorOf(row.Item1.SiloAddress)))], Version);

    /// <inheritdoc/>
    public override string ToString() => $"{Version}: {string.Join(", ", Members.Select(row => row.Item1))}";
}
