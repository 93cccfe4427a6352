using System.Collections.Immutable;
using Orleans.Configuration;
using Orleans.Runtime;
using OrleansShop.Engine.Membership;

namespace OrleansShop.Engine.DynamoDB.Membership;

/// <summary>
/// Which rows of dead silos go with the next change of the table: where silos get a new address with each start, no other start takes their place. Where nothing changes, none comes
/// either, so nothing else has to look.
/// </summary>
/// <param name="KeptFor">How long such a row is kept after its last write.</param>
/// <param name="Most">How many are kept; null for any number. Those that died first go first.</param>
internal sealed record DefunctRows(TimeSpan KeptFor, int? Most)
{
    // Each is two writes of a transaction that has room for a hundred.
    private const int MostAtOnce = 20;

    /// <summary>Whoever never removes them has none of this.</summary>
    public static DefunctRows? Of(ClusterMembershipOptions options) =>
        options.DefunctSiloCleanupPeriod is null ? null : new(options.DefunctSiloExpiration, options.MaxDefunctSiloEntries);

    /// <param name="content">The table with the change.</param>
    /// <param name="changed">The silo whose row the change is.</param>
    /// <param name="writtenAt">When a row was last written; null if that is not known.</param>
    /// <param name="now">The time. Clocks of two machines are compared here, and nothing depends on it but when a row goes.</param>
    public ImmutableArray<SiloAddress> In(MembershipView content, SiloAddress changed, Func<SiloAddress, DateTimeOffset?> writtenAt, DateTimeOffset now)
    {
        var dead = content.Rows.Where(row => row.Status == SiloStatus.Dead && !row.Silo.Equals(changed)).OrderBy(static row => row.WrittenIn).Select(static row => row.Silo).ToList();
        var tooMany = Most is { } most ? Math.Max(0, dead.Count - most) : 0;
        return [.. dead.Where((silo, place) => place < tooMany || (writtenAt(silo) is { } at && now - at >= KeptFor)).Take(MostAtOnce)];
    }
}
