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
            return wanted.Status == SiloStatus.Dead ? MembershipStep.Done : MembershipStep.Write(wanted);
        if (now.Status == wanted.Status)
            return MembershipStep.Done;
        if (now.Status == SiloStatus.Dead)
            return MembershipStep.Refused($"silo {wanted.Silo} has been declared dead in view {view.Version}");
        if (now.Status > wanted.Status)
            throw new InvalidOperationException($"Silo {wanted.Silo} cannot go back from {now.Status} to {wanted.Status}.");
        return MembershipStep.Write(now with { Status = wanted.Status });
    }

    /// <summary>The next step of a silo that holds <paramref name="silo"/> for dead.</summary>
    public static MembershipStep Declare(SiloAddress silo, MembershipView view) =>
        view.Find(silo) is { } row && row.Status != SiloStatus.Dead
            ? MembershipStep.Write(row with { Status = SiloStatus.Dead })
            : MembershipStep.Done;

    /// <summary>The silos that lived in <paramref name="before"/> and are dead in <paramref name="after"/>.</summary>
    public static ImmutableArray<SiloAddress> NewlyDead(MembershipView before, MembershipView after) =>
        [.. before.Rows.Where(row => row.Status != SiloStatus.Dead && after.IsDead(row.Silo)).Select(row => row.Silo)];
}

/// <summary>What to do with the table next.</summary>
/// <param name="Row">The row to write on condition that the version is still that of the view; null if nothing is to be written.</param>
/// <param name="Refusal">Why the silo may not have what it wants; null if it may.</param>
internal readonly record struct MembershipStep(MembershipRow? Row, string? Refusal)
{
    public static MembershipStep Done => default;

    public static MembershipStep Write(MembershipRow row) => new(row, null);

    public static MembershipStep Refused(string why) => new(null, why);
}
