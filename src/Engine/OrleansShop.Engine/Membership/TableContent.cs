using Orleans.Runtime;

namespace OrleansShop.Engine.Membership;

/// <summary>How a table's content changes; the same for every table that holds its content as a whole.</summary>
internal static class TableContent
{
    /// <summary>
    /// The content after one row was added or replaced. A silo that joins takes the place of the dead generations at its endpoint, so
    /// that restarts do not make the table grow.
    /// </summary>
    public static MembershipView Put(MembershipView content, MembershipRow row)
    {
        var before = content.Find(row.Silo);
        var replaced = content.Rows.Where(other => IsReplacedBy(row, other)).ToList();
        var predecessorEnded = before?.PredecessorEnded ?? 0;
        foreach (var other in replaced)
            predecessorEnded = Math.Max(predecessorEnded, Math.Max(other.WrittenIn, other.PredecessorEnded));
        var written = row with
        {
            Heartbeat = before?.Heartbeat ?? row.Heartbeat,
            WrittenIn = content.Version + 1,
            PredecessorEnded = predecessorEnded,
        };
        return new(content.Version + 1, content.Rows.Where(other => !other.Silo.Equals(row.Silo) && !replaced.Contains(other)).Append(written));
    }

    /// <summary>The content after a heartbeat; null if the silo is not there or is dead.</summary>
    public static MembershipView? Beat(MembershipView content, SiloAddress silo) =>
        content.Find(silo) is { } row && row.Status != SiloStatus.Dead
            ? new(content.Version, content.Rows.Select(other => other.Silo.Equals(silo) ? other with { Heartbeat = other.Heartbeat + 1 } : other))
            : null;

    private static bool IsReplacedBy(MembershipRow row, MembershipRow other) =>
        row.Status == SiloStatus.Joining && other.Status == SiloStatus.Dead
        && other.Silo.Endpoint.Equals(row.Silo.Endpoint) && other.Silo.Generation < row.Silo.Generation;
}
