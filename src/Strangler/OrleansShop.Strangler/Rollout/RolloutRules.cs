using System.Globalization;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;

namespace OrleansShop.Strangler.Rollout;

/// <summary>
/// What a rollout does next. Pure. A broken limit rolls back at once; everything else waits for the end of the bake time:
/// <code>
///  paused, or not announced                     wait
///  Monolith                                     go on: shadow
///  a limit is broken                            roll back
///  no gateway tells figures                     wait
///  the bake time is not over                    wait
///  it lags, or something is not moved           wait; when the patience is over, roll back
///  too few requests                             wait; when the patience is over, go on if those broke no limit
///  else                                         go on: shadow → canary, step by step → promote → lists, if the plan says so → finished
/// </code>
/// A limit on a share counts what is missing to the least number of requests as good: it is broken as soon as that could not mend it any more.
/// </summary>
public static class RolloutRules
{
    /// <summary>Decides.</summary>
    /// <param name="plan">The steps and the limits.</param>
    /// <param name="at">Where the rollout stands.</param>
    /// <param name="seen">The figures of this step.</param>
    public static RolloutVerdict Decide(RolloutManifest plan, RolloutPosition at, RolloutFigures seen)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(at);
        ArgumentNullException.ThrowIfNull(seen);
        if (at.Standing.IsPaused) return Wait("It is paused.");
        if (!at.IsAnnounced) return Wait("The ledger does not know the last order yet.");
        if (at.Standing.Phase == CapabilityPhase.Monolith) return new RolloutVerdict(RolloutVerdictKind.GoOn, "It begins.", NextOf(plan, at.Standing));
        if (BreachOf(plan, at, seen) is { } breach) return RollBack($"{breach} {Summary(seen)}");
        if (seen.Gateways == 0 || at.Observed is not { } observed) return Wait("No gateway tells its figures of this step.");
        if (observed < plan.BakeTime) return Wait($"It has been looked at for {Text(observed)} of {Text(plan.BakeTime)}.");

        var isPatienceOver = observed >= plan.BakeTime + plan.Patience;
        if (RestOf(plan, at.Standing, seen) is { } rest) return isPatienceOver ? RollBack($"{rest} The patience is over. {Summary(seen)}") : Wait(rest);
        if (LackOf(plan, at.Standing, seen) is { } lack)
        {
            if (!isPatienceOver || IsTooMuch(seen.GrainErrors, plan.Limits.ErrorPercent, seen.GrainRequests) || IsTooMuch(seen.Different, plan.Limits.DifferentPercent, seen.Compared)) return Wait(lack);
            return Onward(plan, at.Standing, $"{lack} The patience is over. {Summary(seen)}");
        }

        return Onward(plan, at.Standing, $"Looked at for {Text(observed)}. {Summary(seen)}");
    }

    /// <summary>The order that follows on a standing; null when there is no further step.</summary>
    public static RolloutStep? NextOf(RolloutManifest plan, CapabilityStanding standing)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(standing);
        return standing.Phase switch
        {
            CapabilityPhase.Monolith => new RolloutStep(OrderKind.Shadow),
            CapabilityPhase.Shadow => new RolloutStep(OrderKind.Canary, plan.Steps[0]),
            CapabilityPhase.Canary when plan.Steps.FirstOrDefault(step => step > standing.Percent) is > 0 and var percent => new RolloutStep(OrderKind.Canary, percent),
            CapabilityPhase.Canary => new RolloutStep(OrderKind.Promote),
            CapabilityPhase.Grains when plan.Lists && standing.Lists == ListSide.Monolith => new RolloutStep(OrderKind.Lists, Lists: ListSide.Grains),
            _ => null,
        };
    }

    /// <summary>How many steps are done, and how many there are.</summary>
    public static (int Done, int Total) ProgressOf(RolloutManifest plan, CapabilityStanding standing)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(standing);
        var total = plan.Steps.Length + (plan.Lists ? 3 : 2);
        return standing.Phase switch
        {
            CapabilityPhase.Monolith or CapabilityPhase.Shadow => (0, total),
            CapabilityPhase.Canary => (1 + plan.Steps.Count(step => step < standing.Percent), total),
            _ => (1 + plan.Steps.Length + (plan.Lists && standing.Lists == ListSide.Grains ? 1 : 0), total),
        };
    }

    private static string? BreachOf(RolloutManifest plan, RolloutPosition at, RolloutFigures seen)
    {
        var limits = plan.Limits;
        if (IsTooMuch(seen.GrainErrors, limits.ErrorPercent, Math.Max(seen.GrainRequests, plan.MinRequests)))
        {
            return $"{Text(seen.GrainErrors)} of {Text(seen.GrainRequests)} requests to the grains failed, the limit is {Text(limits.ErrorPercent)} %.";
        }

        if (IsTooMuch(seen.Different, limits.DifferentPercent, Math.Max(seen.Compared, plan.MinRequests)))
        {
            return $"{Text(seen.Different)} of {Text(seen.Compared)} compared answers differ, the limit is {Text(limits.DifferentPercent)} %.";
        }

        return seen.GrainRequests >= plan.MinRequests && seen.GrainP99 is { } grains && grains > limits.LatencyFloor && MonolithP99(plan, at, seen) is { } monolith && grains > monolith * limits.LatencyRatio
            ? $"The p99 of the grains is {Text(grains)}, that of the monolith {Text(monolith)}, the limit is {Text(limits.LatencyRatio)} times as much."
            : null;
    }

    /// <summary>The monolith's p99 to compare with: of the same window, or, where it has too few requests there, of the last one in which it had enough.</summary>
    internal static TimeSpan? MonolithP99(RolloutManifest plan, RolloutPosition at, RolloutFigures seen) => seen.MonolithRequests >= plan.MinRequests ? seen.MonolithP99 : at.BaselineP99;

    private static string? RestOf(RolloutManifest plan, CapabilityStanding standing, RolloutFigures seen) =>
        seen.Unmoved is not { } unmoved ? "How far the entities have moved is not known."
        : unmoved > plan.Limits.Unmoved ? $"{Text(unmoved)} entities are not {(standing.Phase == CapabilityPhase.Shadow ? "copied" : "moved")} yet, the limit is {Text(plan.Limits.Unmoved)}."
        : seen.Lag > plan.Limits.Lag ? $"One side lags by {Text(seen.Lag)}, the limit is {Text(plan.Limits.Lag)}."
        : null;

    private static string? LackOf(RolloutManifest plan, CapabilityStanding standing, RolloutFigures seen) =>
        standing.Phase == CapabilityPhase.Shadow
            ? seen.Compared < plan.MinRequests ? $"Only {Text(seen.Compared)} of {Text(plan.MinRequests)} answers were compared." : null
            : seen.GrainRequests < plan.MinRequests ? $"The grains had only {Text(seen.GrainRequests)} of {Text(plan.MinRequests)} requests." : null;

    private static bool IsTooMuch(long count, double percent, long of) => count * 100.0 > percent * of;

    private static RolloutVerdict Onward(RolloutManifest plan, CapabilityStanding standing, string reason) =>
        NextOf(plan, standing) is { } next ? new RolloutVerdict(RolloutVerdictKind.GoOn, reason, next) : new RolloutVerdict(RolloutVerdictKind.Finished, reason);

    private static RolloutVerdict Wait(string reason) => new(RolloutVerdictKind.Wait, reason);

    private static RolloutVerdict RollBack(string reason) => new(RolloutVerdictKind.RollBack, reason, new RolloutStep(OrderKind.Rollback));

    private static string Summary(RolloutFigures seen) => string.Concat(
        $"Grains: {Side(seen.GrainRequests, seen.GrainErrors, seen.GrainP99)}; monolith: {Side(seen.MonolithRequests, seen.MonolithErrors, seen.MonolithP99)}",
        seen.Compared > 0 ? $"; {Text(seen.Different)} of {Text(seen.Compared)} compared answers differ" : "",
        seen.Unmoved > 0 ? $"; {Text(seen.Unmoved.Value)} not moved" : "",
        seen.Lag > TimeSpan.Zero ? $"; lag {Text(seen.Lag)}" : "",
        ".");

    private static string Side(long requests, long errors, TimeSpan? p99) =>
        $"{Text(requests)} requests, {Text(errors)} failed{(p99 is { } most ? $", p99 {Text(most)}" : "")}";

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Text(TimeSpan time) =>
        time < TimeSpan.FromSeconds(1) ? $"{time.TotalMilliseconds.ToString("0.#", CultureInfo.InvariantCulture)} ms"
        : time < TimeSpan.FromMinutes(2) ? $"{time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s"
        : time < TimeSpan.FromHours(2) ? $"{time.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture)} min"
        : $"{time.TotalHours.ToString("0.#", CultureInfo.InvariantCulture)} h";
}
