using System.Collections.Immutable;
using OrleansShop.Strangler.Phases;

namespace OrleansShop.Strangler.Rollout;

/// <summary>How a capability's rollout stands, or how the last one ended. Immutable.</summary>
/// <param name="Capability">The name of the capability.</param>
/// <param name="Outcome">What has become of it.</param>
/// <param name="Detail">What has ended it, or why it rolls back; null while it goes on.</param>
/// <param name="By">Who has started it.</param>
/// <param name="Origin">Where that came from.</param>
/// <param name="Reason">Why, or null.</param>
/// <param name="StartedAt">When, in UTC.</param>
/// <param name="EndedAt">When it ended, in UTC; null while it is under way.</param>
/// <param name="Phase">The phase that the capability is in now.</param>
/// <param name="Percent">In Canary, the share.</param>
/// <param name="Lists">Where lists are answered from.</param>
/// <param name="Epoch">The capability's epoch.</param>
/// <param name="IsPaused">Whether it waits for an operator's Resume.</param>
/// <param name="Steps">The shares of Canary that the manifest names.</param>
/// <param name="BakeTime">How long each step is looked at.</param>
/// <param name="StepsDone">How many steps are done, Shadow and Grains included.</param>
/// <param name="StepsTotal">How many there are.</param>
/// <param name="Now">What it waits for, with the numbers of this moment; null when it is over, or was not looked at yet.</param>
/// <param name="Decisions">The decisions that had an effect, the newest last.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.RolloutStatus")]
public sealed record RolloutStatus(
    [property: Id(0)] string Capability,
    [property: Id(1)] RolloutOutcome Outcome,
    [property: Id(2)] string? Detail,
    [property: Id(3)] string By,
    [property: Id(4)] string Origin,
    [property: Id(5)] string? Reason,
    [property: Id(6)] DateTimeOffset StartedAt,
    [property: Id(7)] DateTimeOffset? EndedAt,
    [property: Id(8)] CapabilityPhase Phase,
    [property: Id(9)] int Percent,
    [property: Id(10)] ListSide Lists,
    [property: Id(11)] long Epoch,
    [property: Id(12)] bool IsPaused,
    [property: Id(13)] ImmutableArray<int> Steps,
    [property: Id(14)] TimeSpan BakeTime,
    [property: Id(15)] int StepsDone,
    [property: Id(16)] int StepsTotal,
    [property: Id(17)] RolloutDecision? Now,
    [property: Id(18)] ImmutableArray<RolloutDecision> Decisions);
