using OrleansShop.Strangler.Phases;

namespace OrleansShop.Strangler.Rollout;

/// <summary>A decision of a rollout, with what it was taken on. Immutable.</summary>
/// <param name="At">When, in UTC.</param>
/// <param name="Kind">What was decided.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Phase">The phase in which it was decided.</param>
/// <param name="Percent">The share then.</param>
/// <param name="Epoch">The epoch then.</param>
/// <param name="Observed">For how long gateways had told figures of it; null if none had.</param>
/// <param name="Figures">The numbers.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.RolloutDecision")]
public sealed record RolloutDecision(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] RolloutVerdictKind Kind,
    [property: Id(2)] string Reason,
    [property: Id(3)] CapabilityPhase Phase,
    [property: Id(4)] int Percent,
    [property: Id(5)] long Epoch,
    [property: Id(6)] TimeSpan? Observed,
    [property: Id(7)] RolloutFigures Figures)
{
    internal static RolloutDecision Of(RolloutVerdict verdict, RolloutPosition at, RolloutFigures seen, DateTimeOffset now) =>
        new(now, verdict.Kind, verdict.Reason, at.Standing.Phase, at.Standing.Percent, at.Standing.Epoch, at.Observed, seen);
}
