using Orleans.Runtime;

namespace OrleansShop.Engine.Membership.Protocol;

/// <summary>Who watches whether whom can be reached: each active silo the next ones in address order, around the circle.</summary>
internal static class Probers
{
    /// <summary>How many silos watch each; fewer in a smaller cluster.</summary>
    public const int MostOfEach = 3;

    /// <summary>The silos that <paramref name="prober"/> watches; none if it is not active.</summary>
    public static IEnumerable<SiloAddress> WatchedBy(SiloAddress prober, MembershipView view) => Neighbours(prober, view, step: 1);

    /// <summary>The silos that watch <paramref name="silo"/>; none if it is not active.</summary>
    public static IEnumerable<SiloAddress> Of(SiloAddress silo, MembershipView view) => Neighbours(silo, view, step: -1);

    /// <summary>Whether more than half of those that watch a silo say that they cannot reach it.</summary>
    public static bool HaveVotedOut(MembershipRow row, MembershipView view)
    {
        var probers = Of(row.Silo, view).ToArray();
        return probers.Count(prober => row.Suspicions.Any(suspicion => suspicion.By.Equals(prober))) * 2 > probers.Length;
    }

    // The rows of a view are in address order.
    private static IEnumerable<SiloAddress> Neighbours(SiloAddress silo, MembershipView view, int step)
    {
        var active = view.Active;
        var index = -1;
        for (var i = 0; i < active.Length; i++)
        {
            if (active[i].Silo.Equals(silo))
                index = i;
        }

        for (var distance = 1; index >= 0 && distance < active.Length && distance <= MostOfEach; distance++)
            yield return active[(index + (step * distance) + (active.Length * MostOfEach)) % active.Length].Silo;
    }
}
