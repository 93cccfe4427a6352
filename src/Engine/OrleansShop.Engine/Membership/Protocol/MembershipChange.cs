using System.Collections.Immutable;
using Orleans.Runtime;

namespace OrleansShop.Engine.Membership.Protocol;

/// <summary>Decides what a silo writes to the table next. Each answer is one row, for one conditional write; then the table is read again.</summary>
internal static class MembershipChange
{
    /// <summary>
    /// The next step of a silo that wants its own row at <paramref name="wanted"/>. Before it joins, it declares dead what an earlier
    /// generation left at its endpoint.
    /// </summary>
    public static MembershipStep Towards(MembershipRow wanted, MembershipView view)
    {
        foreach (var other in view.Rows)
        {
            if (other.Silo.Equals(wanted.Silo) || !other.Silo.Endpoint.Equals(wanted.Silo.Endpoint))
                continue;
            if (other.Silo.Generation > wanted.Silo.Generation && other.Status != SiloStatus.Dead)
                return MembershipStep.Refused($"silo {other.Silo} has taken the endpoint of {wanted.Silo} since");
            if (other.Silo.Generation < wanted.Silo.Generation && other.Status != SiloStatus.Dead)
                return MembershipStep.Write(other with { Status = SiloStatus.Dead });
        }

        var now = view.Find(wanted.Silo);
        if (now is null)
        {
            return wanted.Status switch
            {
                SiloStatus.Joining => MembershipStep.Write(wanted),
                SiloStatus.Dead => MembershipStep.Done,
                _ => MembershipStep.Refused($"silo {wanted.Silo} has no row any more in view {view.Version}: it was declared dead, and forgotten since"),
            };
        }

        if (now.Status == wanted.Status)
            return MembershipStep.Done;
        if (now.Status == SiloStatus.Dead)
            return MembershipStep.Refused($"silo {wanted.Silo} has been declared dead in view {view.Version}");
        if (now.Status == SiloStatus.Stopping && wanted.Status != SiloStatus.Dead)
            return MembershipStep.Refused($"silo {wanted.Silo} has been voted out in view {view.Version}");
        if (now.Status > wanted.Status)
            throw new InvalidOperationException($"Silo {wanted.Silo} cannot go back from {now.Status} to {wanted.Status}.");
        return MembershipStep.Write(now with { Status = wanted.Status, HasDrained = wanted.HasDrained });
    }

    /// <summary>The next step of a silo that has proof that the process of <paramref name="silo"/> is gone.</summary>
    public static MembershipStep Declare(SiloAddress silo, MembershipView view) =>
        view.Find(silo) is { } row && row.Status != SiloStatus.Dead
            ? MembershipStep.Write(row with { Status = SiloStatus.Dead })
            : MembershipStep.Done;

    /// <summary>
    /// The next step of a silo that has seen the heartbeat of <paramref name="silent"/> stand still for longer than a lease: it is dead if the
    /// heartbeat still stands there when the table takes the write.
    /// </summary>
    public static MembershipStep DeclareSilent(MembershipRow silent, MembershipView view) =>
        view.Find(silent.Silo) is { } row && row.Status != SiloStatus.Dead && row.Heartbeat == silent.Heartbeat
            ? MembershipStep.Write(row with { Status = SiloStatus.Dead }) with { AtHeartbeat = row.Heartbeat }
            : MembershipStep.Done;

    /// <summary>
    /// The next step of a silo that votes. The vote that makes more than half of those that watch the silo also votes it out: its renewals fail
    /// from then on, and it is dead when its heartbeat has stood still for a lease.
    /// </summary>
    public static MembershipStep Say(Vote vote, SiloAddress by, DateTimeOffset at, MembershipView view)
    {
        if (view.Find(vote.Silo) is not { Status: SiloStatus.Active } row || view.Find(by) is not { Status: SiloStatus.Active })
            return MembershipStep.Done;
        var others = row.Suspicions.RemoveAll(suspicion => suspicion.By.Equals(by));
        if (!vote.IsAgainst)
            return others.Length == row.Suspicions.Length ? MembershipStep.Done : MembershipStep.Write(row with { Suspicions = others });
        if (others.Length != row.Suspicions.Length)
            return MembershipStep.Done;
        var accused = row with { Suspicions = others.Add(new(by, at)) };
        return MembershipStep.Write(Probers.HaveVotedOut(accused, view) ? accused with { Status = SiloStatus.Stopping } : accused);
    }

    /// <summary>The next step of a silo that votes another out by itself, because the application asks for it.</summary>
    public static MembershipStep VoteOut(SiloAddress silo, MembershipView view) => view.Find(silo) switch
    {
        // It runs no grains yet.
        { Status: SiloStatus.Joining } row => MembershipStep.Write(row with { Status = SiloStatus.Dead }),
        { MayRenew: true } row => MembershipStep.Write(row with { Status = SiloStatus.Stopping }),
        _ => MembershipStep.Done,
    };

    /// <summary>The silos that lived in <paramref name="before"/> and are dead in <paramref name="after"/>.</summary>
    public static ImmutableArray<SiloAddress> NewlyDead(MembershipView before, MembershipView after) =>
        [.. before.Rows.Where(row => row.Status != SiloStatus.Dead && after.IsDead(row.Silo)).Select(row => row.Silo)];
}

/// <summary>What to do with the table next.</summary>
/// <param name="Row">The row to write on condition that the version is still that of the view; null if nothing is to be written.</param>
/// <param name="Refusal">Why the silo may not have what it wants; null if it may.</param>
internal readonly record struct MembershipStep(MembershipRow? Row, string? Refusal)
{
    /// <summary>The heartbeat that the row must still have; null for any.</summary>
    public long? AtHeartbeat { get; init; }

    public static MembershipStep Done => default;

    public static MembershipStep Write(MembershipRow row) => new(row, null);

    public static MembershipStep Refused(string why) => new(null, why);
}
