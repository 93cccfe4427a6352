using System.Diagnostics;
using System.Security.Cryptography;
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
            Nonce = before?.Nonce ?? row.Nonce,
            Acknowledged = before?.Acknowledged ?? row.Acknowledged,
            WrittenIn = content.Version + 1,
            PredecessorEnded = predecessorEnded,
        };
        return new(content.Version + 1, content.Rows.Where(other => !other.Silo.Equals(row.Silo) && !replaced.Contains(other)).Append(written))
        {
            LastCrash = IsCrash(before, row) ? content.Version + 1 : content.LastCrash,
            History = content.History is { Length: > 0 } history ? history : NewHistory(),
            ForgottenGeneration = content.ForgottenGeneration,
        };
    }

    /// <summary>The content without the rows of some dead silos, in the same version. That they were dead stays known.</summary>
    public static MembershipView Forget(MembershipView content, IReadOnlyCollection<SiloAddress> dead)
    {
        if (dead.Count == 0)
            return content;
        Debug.Assert(dead.All(silo => content.Find(silo) is { Status: SiloStatus.Dead }), "Only the dead are forgotten.");
        return new(content.Version, content.Rows.Where(row => !dead.Contains(row.Silo)))
        {
            LastCrash = content.LastCrash,
            History = content.History,
            ForgottenGeneration = Math.Max(content.ForgottenGeneration, dead.Max(static silo => silo.Generation)),
        };
    }

    /// <summary>A name for the versions that begin now.</summary>
    public static string NewHistory() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    /// <summary>Whether a write may be done: the version is the expected one, and where the writer asks for it, the heartbeat too.</summary>
    public static bool Allows(MembershipView content, TableWrite write) =>
        content.Version == write.ExpectedVersion && (write.ExpectedHeartbeat is not { } heartbeat || content.Find(write.Row.Silo)?.Heartbeat == heartbeat);

    /// <summary>The content after a renewal; null if the silo may not renew, or another renewal was first.</summary>
    public static MembershipView? Renew(MembershipView content, Renewal renewal)
    {
        if (content.Find(renewal.Silo) is not { MayRenew: true } row || row.Heartbeat != renewal.Expected)
            return null;
        var renewed = row with { Heartbeat = row.Heartbeat + 1, Nonce = renewal.Nonce, Acknowledged = renewal.Acknowledged };
        return new(content.Version, content.Rows.Select(other => other.Silo.Equals(row.Silo) ? renewed : other)) { LastCrash = content.LastCrash, History = content.History, ForgottenGeneration = content.ForgottenGeneration };
    }

    /// <summary>What the table says of a silo after an attempt to renew; null if it does not have it.</summary>
    public static RenewedRow? Of(MembershipView content, SiloAddress silo) =>
        content.Find(silo) is { } row ? new(row.Status, row.Heartbeat, row.Nonce) : null;

    /// <summary>Whether a write is the death of a silo that may have been running grains.</summary>
    public static bool IsCrash(MembershipRow? before, MembershipRow row) => before is { MayRunGrains: true } && row is { Status: SiloStatus.Dead, HasDrained: false };

    private static bool IsReplacedBy(MembershipRow row, MembershipRow other) =>
        row.Status == SiloStatus.Joining && other.Status == SiloStatus.Dead
        && other.Silo.Endpoint.Equals(row.Silo.Endpoint) && other.Silo.Generation < row.Silo.Generation;
}
