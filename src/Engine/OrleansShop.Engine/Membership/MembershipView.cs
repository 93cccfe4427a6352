using System.Collections.Immutable;
using System.Net;
using Orleans.Runtime;

namespace OrleansShop.Engine.Membership;

/// <summary>The cluster at one version of the table. Views are totally ordered by their version; immutable.</summary>
internal sealed class MembershipView
{
    private readonly Dictionary<SiloAddress, MembershipRow> _rows;

    public MembershipView(long version, IEnumerable<MembershipRow> rows)
    {
        Version = version;
        _rows = rows.ToDictionary(row => row.Silo);
        Rows = [.. _rows.Values.OrderBy(row => row.Silo)];
        Active = [.. Rows.Where(row => row.Status == SiloStatus.Active)];
    }

    /// <summary>Before any table was read.</summary>
    public static MembershipView Empty { get; } = new(0, []);

    /// <summary>Grows by one with each change of a row.</summary>
    public long Version { get; }

    /// <summary>The version in which the last silo died that may have been running grains; 0 if none did. Greater than every view that it has lived in.</summary>
    public long LastCrash { get; init; }

    /// <summary>
    /// Drawn when the table got its first row: tells its versions from those of a table that is no more, or of another cluster. Empty while there is no
    /// row, and with tables from before there was such a thing, until their next change.
    /// </summary>
    public string History { get; init; } = "";

    /// <summary>
    /// The highest generation whose row was removed without another start at its endpoint; 0 if none was. A silo that the view does not have is dead if its generation is not above this: only the
    /// dead are removed, and who starts now has a later one.
    /// </summary>
    public int ForgottenGeneration { get; init; }

    /// <summary>All rows, those of dead silos included that are still there, in address order.</summary>
    public ImmutableArray<MembershipRow> Rows { get; }

    /// <summary>The rows of the active silos: those that own partitions.</summary>
    public ImmutableArray<MembershipRow> Active { get; }

    /// <summary>The row of <paramref name="silo"/>, or null if the view has none.</summary>
    public MembershipRow? Find(SiloAddress silo) => _rows.GetValueOrDefault(silo);

    /// <summary>
    /// Whether <paramref name="silo"/> is known to be gone: its row says so, or another generation has taken its endpoint, or its row was removed.
    /// A silo that the view does not know yet is not dead.
    /// </summary>
    public bool IsDead(SiloAddress silo) =>
        Find(silo) is { } row
            ? row.Status == SiloStatus.Dead
            : (ForgottenGeneration != 0 && silo.Generation <= ForgottenGeneration) || IsReplaced(silo);

    public override string ToString() => $"view {Version}: {string.Join(", ", Rows.Select(row => $"{row.SiloName} {row.Silo} {row.Status}"))}";

    // Apart from IsDead, which every remote call asks: the closure would be made there each time.
    private bool IsReplaced(SiloAddress silo) => Rows.Any(other => SameEndpoint(other.Silo.Endpoint, silo.Endpoint) && other.Silo.Generation > silo.Generation);

    private static bool SameEndpoint(IPEndPoint one, IPEndPoint other) => one.Equals(other);
}
