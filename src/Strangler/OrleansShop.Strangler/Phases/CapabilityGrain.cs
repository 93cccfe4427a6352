using System.Collections.Immutable;

namespace OrleansShop.Strangler.Phases;

/// <summary>
/// Keeps where a capability stands, and does what follows from orders. A service derives its own grain class from this one and gives it its storage; there is nothing else to write.
/// </summary>
/// <param name="record">The stored record.</param>
/// <param name="time">The clock.</param>
public abstract partial class CapabilityGrain(IPersistentState<CapabilityRecord> record, TimeProvider time) : Grain, ICapabilityGrain
{
    private CapabilityStatus? _status;

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Publish();
        BeginMoving();
        BeginRollout();
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

    private string Name => GrainContext.GrainId.Key.ToString()!;

    /// <summary>What is stored, and how the moving gets on.</summary>
    private CapabilityStatus Status => _mover is { } mover && _status!.HasLedger ? _status with { Moves = mover.Progress } : _status!;

    private async Task StoreAsync(CapabilityRecord next)
    {
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
        var state = _stored = record.State;
        _figures?.Follow(state.Epoch);
        _status = new CapabilityStatus(
            Name, state.Phase, state.Epoch, state.ChangedAt, state.By, state.Percent, state.Lists, state.IsPaused, state.IsRollingBack, IsAnnounced, Rollout: state.Rollout?.Outcome);
        _mover?.Follow(_status);
    }
}
