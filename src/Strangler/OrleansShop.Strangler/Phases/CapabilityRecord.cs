using System.Collections.Immutable;
using OrleansShop.Strangler.Phases.Orders;

namespace OrleansShop.Strangler.Phases;

/// <summary>
/// What a <see cref="CapabilityGrain"/> stores, and the rules by which it changes: each method gives the next record and touches nothing.
/// Immutable.
/// </summary>
[GenerateSerializer, Alias("OrleansShop.Strangler.CapabilityRecord")]
public sealed record CapabilityRecord
{
    /// <summary>How many transitions the history keeps; the oldest go first.</summary>
    public const int MaxHistory = 100;

    /// <summary>Who answers for the capability.</summary>
    [Id(0)]
    public CapabilityPhase Phase { get; init; } = CapabilityPhase.Monolith;

    /// <summary>How many times the phase, or what belongs to it, has changed.</summary>
    [Id(1)]
    public long Epoch { get; init; }

    /// <summary>When the phase changed last, in UTC; null before the first change.</summary>
    [Id(2)]
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Who changed it last; null before the first change.</summary>
    [Id(3)]
    public string? By { get; init; }

    /// <summary>How many transitions have begun; the number of the latest attempt.</summary>
    [Id(4)]
    public long Attempts { get; init; }

    /// <summary>The transition that has begun and not ended, or null.</summary>
    [Id(5)]
    public PendingTransition? Pending { get; init; }

    /// <summary>The transitions that have ended, the newest last.</summary>
    [Id(6)]
    public ImmutableArray<CapabilityTransition> History { get; init; } = [];

    /// <summary>In Canary, the share of the entities that the grains are to own, from 0 to 100; else 0.</summary>
    [Id(7)]
    public int Percent { get; init; }

    /// <summary>By whose side lists are answered, where entities move one by one. Without a ledger the phase says that too.</summary>
    [Id(8)]
    public ListSide Lists { get; init; } = ListSide.Monolith;

    /// <summary>Whether sweeps stand still.</summary>
    [Id(9)]
    public bool IsPaused { get; init; }

    /// <summary>In Canary at 0 %: whether the capability goes on to Monolith when everything has been returned.</summary>
    [Id(10)]
    public bool IsRollingBack { get; init; }

    /// <summary>Whether an order has led to the phase, so that the monolith's database has a ledger, or is about to.</summary>
    [Id(11)]
    public bool HasLedger { get; init; }

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
    internal CapabilityRecord Ordered(CapabilityOrder order, CapabilityStanding next, OrderFacts facts, DateTimeOffset now)
    {
        Invariant.Holds(Pending is null, "no order has an effect while a copy runs");
        Invariant.Holds(next.Epoch == Epoch + 1, "each order has an epoch of its own");
        var accepted = new CapabilityTransition(
            Attempt: 0, Phase, next.Phase, now, now, order.By, Succeeded: true, order.Reason ?? "",
            new AcceptedOrder(order, next, facts.OwnedByMonolith, facts.OwnedByGrains));
        return this with
        {
            Phase = next.Phase,
            Epoch = next.Epoch,
            Percent = next.Percent,
            Lists = next.Lists,
            IsPaused = next.IsPaused,
            IsRollingBack = next.IsRollingBack,
            HasLedger = next.Phase != CapabilityPhase.Monolith,
            ChangedAt = now,
            By = order.By,
            History = [.. History.TakeLast(MaxHistory - 1), accepted],
        };
    }

    /// <summary>Begins a transition. One that never ended, because whoever ran it is gone, goes into the history as failed.</summary>
    internal CapabilityRecord Begin(CapabilityPhase target, string by, DateTimeOffset now)
    {
        Invariant.Holds(target != Phase, "a transition leads to another phase");
        var record = WithoutPending(now);
        return record with { Attempts = record.Attempts + 1, Pending = new PendingTransition(record.Attempts + 1, target, now, by) };
    }

    /// <summary>Ends the pending transition; the phase changes only if it succeeded.</summary>
    internal CapabilityRecord End(bool succeeded, string detail, DateTimeOffset now)
    {
        Invariant.Holds(Pending is not null, "only a pending transition ends");
        var ended = new CapabilityTransition(Pending!.Attempt, Phase, Pending.Target, Pending.StartedAt, now, Pending.By, succeeded, detail);
        var record = this with { Pending = null, History = [.. History.TakeLast(MaxHistory - 1), ended] };
        return succeeded ? record with { Phase = ended.Target, Epoch = Epoch + 1, ChangedAt = now, By = ended.By } : record;
    }

    /// <summary>Ends a transition that nobody runs any more.</summary>
    internal CapabilityRecord WithoutPending(DateTimeOffset now) =>
        Pending is null ? this : End(succeeded: false, "Abandoned: whoever ran it was not heard of any more.", now);
}
