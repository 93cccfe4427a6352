using System.Collections.Immutable;
using OrleansShop.Strangler.Phases.Orders;
using OrleansShop.Strangler.Rollout;

namespace OrleansShop.Strangler.Phases;

/// <summary>
/// What a <see cref="CapabilityGrain"/> stores, and the rules by which it changes: each method gives the next record and touches nothing.
/// Immutable.
/// </summary>
[GenerateSerializer, Alias("OrleansShop.Strangler.CapabilityRecord")]
public sealed record CapabilityRecord
{
    /// <summary>How many orders the history keeps; the oldest go first.</summary>
    public const int MaxHistory = 100;

    /// <summary>Who answers for the capability.</summary>
    [Id(0)]
    public CapabilityPhase Phase { get; init; } = CapabilityPhase.Monolith;

    /// <summary>How many orders have changed it.</summary>
    [Id(1)]
    public long Epoch { get; init; }

    /// <summary>When the phase changed last, in UTC; null before the first change.</summary>
    [Id(2)]
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Who changed it last; null before the first change.</summary>
    [Id(3)]
    public string? By { get; init; }

    /// <summary>What was ordered, the newest last.</summary>
    [Id(6)]
    public ImmutableArray<CapabilityTransition> History { get; init; } = [];

    /// <summary>In Canary, the share of the entities that the grains are to own, from 0 to 100; else 0.</summary>
    [Id(7)]
    public int Percent { get; init; }

    /// <summary>By whose side lists are answered.</summary>
    [Id(8)]
    public ListSide Lists { get; init; } = ListSide.Monolith;

    /// <summary>Whether sweeps stand still.</summary>
    [Id(9)]
    public bool IsPaused { get; init; }

    /// <summary>In Canary at 0 %: whether the capability goes on to Monolith when everything has been returned.</summary>
    [Id(10)]
    public bool IsRollingBack { get; init; }

    /// <summary>Whether the monolith's database has a ledger of the capability, or is about to.</summary>
    public bool HasLedger => Phase != CapabilityPhase.Monolith;

    /// <summary>The last rollout, or null.</summary>
    [Id(12)]
    public RolloutRecord? Rollout { get; init; }

    /// <summary>What orders change.</summary>
    internal CapabilityStanding Standing => new()
    {
        Phase = Phase,
        Epoch = Epoch,
        Percent = Percent,
        Lists = Lists,
        IsPaused = IsPaused,
        IsRollingBack = IsRollingBack,
    };

    /// <summary>An order that was accepted has its effect, and stands in the history with what it was decided on.</summary>
    /// <param name="order">The order.</param>
    /// <param name="next">How the capability stands after it.</param>
    /// <param name="facts">What it was decided on.</param>
    /// <param name="now">The time, in UTC.</param>
    /// <param name="rollout">What the rollout that has given the order is when it is given; null if it is somebody else's order.</param>
    internal CapabilityRecord Ordered(CapabilityOrder order, CapabilityStanding next, OrderFacts facts, DateTimeOffset now, RolloutRecord? rollout = null)
    {
        Invariant.Holds(next.Epoch == Epoch + 1, "each order has an epoch of its own");
        var accepted = new CapabilityTransition(Phase, next.Phase, now, new AcceptedOrder(order, next, facts.OwnedByMonolith, facts.OwnedByGrains));
        return this with
        {
            Phase = next.Phase,
            Epoch = next.Epoch,
            Percent = next.Percent,
            Lists = next.Lists,
            IsPaused = next.IsPaused,
            IsRollingBack = next.IsRollingBack,
            Rollout = rollout is { Outcome: RolloutOutcome.Running } ? rollout : (rollout ?? Rollout)?.After(order, next, now),
            ChangedAt = now,
            By = order.By,
            History = [.. History.TakeLast(MaxHistory - 1), accepted],
        };
    }

    /// <summary>A rollout begins or ends, which changes nothing else; the history has it too.</summary>
    internal CapabilityRecord Noted(RolloutRecord rollout, string by, string origin, string what, DateTimeOffset now) => this with
    {
        Rollout = rollout,
        History = [.. History.TakeLast(MaxHistory - 1), new CapabilityTransition(Phase, Phase, now, new AcceptedOrder(new CapabilityOrder(OrderKind.Rollout, by, origin, Reason: what), Standing, OwnedByMonolith: null, OwnedByGrains: null))],
    };
}
