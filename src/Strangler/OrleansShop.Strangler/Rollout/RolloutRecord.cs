using System.Collections.Immutable;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;

namespace OrleansShop.Strangler.Rollout;

/// <summary>What is stored of a capability's last rollout, and the rules by which it changes: each method gives the next record. Immutable.</summary>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.RolloutRecord")]
public sealed record RolloutRecord
{
    /// <summary>How many decisions are kept; the oldest go first. A rollout that nobody pauses has no more.</summary>
    public const int MaxDecisions = 50;

    /// <summary>What has become of it.</summary>
    [Id(0)]
    public RolloutOutcome Outcome { get; init; }

    /// <summary>Who has started it.</summary>
    [Id(1)]
    public string By { get; init; } = "";

    /// <summary>Where that came from.</summary>
    [Id(2)]
    public string Origin { get; init; } = "";

    /// <summary>Why, or null.</summary>
    [Id(3)]
    public string? Reason { get; init; }

    /// <summary>When it was started, in UTC.</summary>
    [Id(4)]
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, in UTC; null while it is under way.</summary>
    [Id(5)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What has ended it, or why it rolls back; null while it goes on.</summary>
    [Id(6)]
    public string? Detail { get; init; }

    /// <summary>The monolith's p99 in the last step in which it answered enough; null before.</summary>
    [Id(7)]
    public TimeSpan? BaselineP99 { get; init; }

    /// <summary>The decisions that had an effect, the newest last.</summary>
    [Id(8)]
    public ImmutableArray<RolloutDecision> Decisions { get; init; } = [];

    internal RolloutRecord Decided(RolloutDecision decision, TimeSpan? baseline) =>
        this with { Decisions = [.. Decisions.TakeLast(MaxDecisions - 1), decision], BaselineP99 = baseline ?? BaselineP99 };

    internal RolloutRecord Ended(RolloutOutcome outcome, string detail, DateTimeOffset now) => this with { Outcome = outcome, Detail = detail, EndedAt = now };

    /// <summary>What an order of somebody else does to it: a pause stops its clock, every other order ends it, but for the last step of a rollback, which the sweep takes.</summary>
    internal RolloutRecord After(CapabilityOrder order, CapabilityStanding next, DateTimeOffset now) =>
        !Outcome.IsUnderWay() || order.Kind is OrderKind.Pause or OrderKind.Resume ? this
        : Outcome == RolloutOutcome.RollingBack && order.Kind == OrderKind.Rollback ? next.Phase == CapabilityPhase.Monolith ? Ended(RolloutOutcome.RolledBack, Detail ?? "", now) : this
        : Ended(RolloutOutcome.Overtaken, $"{order.By} ({order.Origin}) ordered {order.Kind.ToString().ToLowerInvariant()}.", now);
}
