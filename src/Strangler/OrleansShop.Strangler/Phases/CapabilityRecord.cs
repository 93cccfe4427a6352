using System.Collections.Immutable;

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

    /// <summary>How many times the phase has changed.</summary>
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
