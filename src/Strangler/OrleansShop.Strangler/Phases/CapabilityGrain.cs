using System.Collections.Immutable;

namespace OrleansShop.Strangler.Phases;

/// <summary>
/// Keeps where a capability stands. A service derives its own grain class from this one and gives it its storage; there is nothing else
/// to write. A transition is stored when it begins and when it ends; that it is still running is known here only, by renewals.
/// </summary>
/// <param name="record">The stored record.</param>
/// <param name="time">The clock.</param>
public abstract partial class CapabilityGrain(IPersistentState<CapabilityRecord> record, TimeProvider time) : Grain, ICapabilityGrain
{
    private CapabilityStatus? _status;
    private long _renewedAt;

    /// <summary>
    /// How long a transition may be silent before another may begin in its place. It is renewed every third of this, so that two renewals
    /// may be lost; and it is how long a switch waits at most after the process that ran the last one was killed.
    /// </summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(9);

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Whoever runs a stored transition may have survived the silo that this grain lived on before: it gets a whole lease to say so.
        _renewedAt = time.GetTimestamp();
        Publish();
        BeginMoving();
        return base.OnActivateAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await EndMovingAsync(cancellationToken);
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    /// <inheritdoc />
    public Task<CapabilityStatus> GetAsync() => Task.FromResult(Status);

    /// <inheritdoc />
    public Task<ImmutableArray<CapabilityTransition>> GetHistoryAsync() => Task.FromResult(record.State.History);

    /// <inheritdoc />
    public async Task<TransitionStart> BeginAsync(CapabilityPhase target, string by)
    {
        if (record.State.HasLedger)
        {
            return new TransitionStart(TransitionOutcome.MovesByOrders, Attempt: 0, RetryAfter: null, Status);
        }

        if (Remaining is { } remaining)
        {
            return new TransitionStart(TransitionOutcome.AnotherIsRunning, record.State.Attempts, remaining, Status);
        }

        if (record.State.Phase == target)
        {
            await StoreAsync(record.State.WithoutPending(time.GetUtcNow()));
            return new TransitionStart(TransitionOutcome.AlreadyThere, Attempt: 0, RetryAfter: null, Status);
        }

        _renewedAt = time.GetTimestamp();
        await StoreAsync(record.State.Begin(target, by, time.GetUtcNow()));
        return new TransitionStart(TransitionOutcome.Begun, record.State.Attempts, RetryAfter: null, Status);
    }

    /// <inheritdoc />
    public Task<bool> RenewAsync(long attempt)
    {
        if (record.State.Pending?.Attempt != attempt)
        {
            return Task.FromResult(false);
        }

        _renewedAt = time.GetTimestamp();
        return Task.FromResult(true);
    }

    /// <inheritdoc />
    public async Task<CapabilityStatus> EndAsync(long attempt, bool succeeded, string detail)
    {
        if (record.State.Pending?.Attempt == attempt)
        {
            await StoreAsync(record.State.End(succeeded, detail, time.GetUtcNow()));
            return Status;
        }

        // The answer to the first call may have been lost; only the latest attempt can still be asked about.
        return record.State.Attempts == attempt && record.State.History is [.., var last] && last.Attempt == attempt && last.Succeeded == succeeded
            ? Status
            : throw new InvalidOperationException(
                $"Attempt {attempt} of {Name} cannot end: it ended before or was abandoned, and the latest attempt is {record.State.Attempts}.");
    }

    private string Name => GrainContext.GrainId.Key.ToString()!;

    /// <summary>What is stored, without a pending transition that counts as abandoned.</summary>
    private CapabilityStatus Status
    {
        get
        {
            var status = _status!.Pending is not null && Remaining is null ? _status with { Pending = null } : _status;
            return _mover is { } mover && status.HasLedger ? status with { Moves = mover.Progress } : status;
        }
    }

    /// <summary>How long the pending transition has until it counts as abandoned; null when there is none or it already does.</summary>
    private TimeSpan? Remaining =>
        _status!.Pending is not null && Lease - time.GetElapsedTime(_renewedAt) is var left && left > TimeSpan.Zero ? left : null;

    private async Task StoreAsync(CapabilityRecord next)
    {
        if (ReferenceEquals(next, record.State))
        {
            return;
        }

        var before = record.State;
        record.State = next;
        try
        {
            await record.WriteStateAsync();
        }
        catch
        {
            // Whether it was stored is unknown: the next activation reads what is true.
            record.State = before;
            DeactivateOnIdle();
            throw;
        }

        Publish();
    }

    private void Publish()
    {
        var state = record.State;
        _status = new CapabilityStatus(
            Name, state.Phase, state.Epoch, state.ChangedAt, state.By, state.Pending, state.Percent, state.Lists, state.IsPaused, state.HasLedger, state.IsRollingBack, IsAnnounced);
        _mover?.Follow(_status);
    }
}
