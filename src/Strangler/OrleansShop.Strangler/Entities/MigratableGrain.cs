using System.Collections.Immutable;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Outbox;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Entities;

/// <summary>
/// One entity that lives in the monolith or in this grain, as the phase of its capability says, and can be asked for in both cases.
/// </summary>
/// <remarks>
/// The road of a write while the capability is in the grains:
/// <code>
///  1 settle      finish what a crash cut off, before anything else is served
///  2 mark        the index entry is about to change, and there will be an event
///  3 store       the state with the event, version + 1, not yet applied
///  4 apply       the same rows at the monolith, through the bridge
///  5 commit      the index entry
///  6 release     the event may be published now, which goes on in the background
///  7 return      which acknowledges the write
/// </code>
/// A crash after 3 leaves a state whose version is ahead of its applied version: the next activation applies it again before it answers. If
/// the monolith refuses at 4 (a foreign key, say) the state goes back to what it was and the caller gets the refusal. If it does not answer,
/// the outcome is unknown: the caller gets <see cref="BridgeUnavailableException"/>, and the grain answers nothing until 1 succeeds.
/// An event is published when its write is settled and not before; an event of a write that was taken back never is. While the monolith answers for the
/// capability, writes have no events.
/// </remarks>
/// <typeparam name="T">The entity's own fields, as the service sees them.</typeparam>
/// <param name="stored">The grain's state.</param>
/// <param name="kind">What the grains of this kind share.</param>
public abstract class MigratableGrain<T>(IPersistentState<EntityState<T>> stored, EntityKind<T> kind) : Grain, IMigratableGrain
    where T : class
{
    private const int MaxDeletionAttempts = 5;

    private Task? _settling;
    private GrainOutbox? _outbox;

    /// <summary>The entity's id.</summary>
    protected long Id => this.GetPrimaryKeyLong();

    private EntityState<T> State => stored.State;

    private bool IsBehind => State.Version > State.AppliedVersion;

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _outbox = kind.Events?.Open(this, kind.KeyOf(Id), State.Outbox);
        return base.OnActivateAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_outbox is { } outbox) await outbox.CloseAsync(cancellationToken);
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    /// <inheritdoc />
    public async Task ImportAsync(EntityRows? rows)
    {
        var version = State.Version + 1;
        await StoreAsync(new EntityState<T>
        {
            Value = rows is null ? null : kind.Mapping.FromRows(rows),
            Version = version,
            AppliedVersion = version,
            Epoch = State.Epoch,
            Outbox = State.Outbox,
            EventsBefore = State.Outbox.LastSequence,
        });
        await kind.Index.CommitAsync([kind.EntryOf(Id, version, State.Value)]);
        _outbox?.Release(State.Outbox);
    }

    /// <inheritdoc />
    public async Task SettleAsync()
    {
        var status = await kind.Capability.GetAsync();
        if (!status.Phase.IsServedByGrains())
        {
            // What is held here does not count, and must not be written over what the monolith has.
            return;
        }

        var wasBehind = IsBehind;
        await SettledAsync();
        if (!wasBehind)
        {
            await CommitIndexAsync();
        }
    }

    /// <inheritdoc />
    public async Task PublishEventsAsync()
    {
        // While the monolith answers for the capability nothing is settled: the export that went before did.
        var status = await kind.Capability.GetAsync();
        if (status.Phase.IsServedByGrains()) await SettledAsync();
        if (_outbox is { } outbox) await outbox.RecoverAsync(State.Outbox, () => StoreAsync(State.Copy()));
    }

    /// <inheritdoc />
    public async Task<EntityRows?> ExportAsync()
    {
        await SettledAsync();
        return State.Value is { } value ? kind.Mapping.ToRows(Id, State.Version, value) : null;
    }

    /// <summary>Returns the entity from wherever it lives, or null.</summary>
    protected async ValueTask<T?> ReadAsync(CancellationToken cancellationToken = default)
    {
        var status = await kind.Capability.GetAsync();
        if (!status.Phase.IsServedByGrains())
        {
            return await kind.ReadMonolithAsync(Id, cancellationToken);
        }

        await SettledAsync();
        return State.Value;
    }

    /// <summary>Makes the entity what is given wherever it lives, or deletes it with null. The write is acknowledged when the task ends.</summary>
    /// <param name="value">What it becomes; null for a deletion.</param>
    /// <param name="events">What is published of it, if the entity lives here.</param>
    /// <exception cref="OutboxFullException">Too many events of the entity wait to be published; nothing has changed.</exception>
    /// <exception cref="BridgeRefusedException">The monolith's rules forbid it; nothing has changed.</exception>
    /// <exception cref="BridgeUnavailableException">The monolith's database gave no answer; whether the write will take effect is unknown.</exception>
    protected async Task WriteAsync(T? value, params ImmutableArray<NewEvent> events)
    {
        var status = await kind.Capability.GetAsync();
        if (status.Phase.IsServedByGrains())
        {
            await WriteHereAsync(value, status.Epoch, events);
        }
        else
        {
            var change = kind.ChangeOf(Id, new EntityState<T> { Value = value, Version = State.Version, Epoch = status.Epoch });
            await kind.Bridge.ApplyAsync([change]);
        }
    }

    /// <summary>
    /// Deletes the entity after those that refer to it. One that was added between the two is found by the monolith's foreign keys: then the children are
    /// deleted once more, as they would be if the request came a moment later.
    /// </summary>
    /// <param name="deleteChildren">Deletes those that refer to the entity now; called again after such a race.</param>
    /// <param name="events">What is published of it, if the entity lives here.</param>
    /// <exception cref="BridgeRefusedException">Children were added faster than they could be deleted.</exception>
    protected async Task DeleteAfterChildrenAsync(Func<Task> deleteChildren, params ImmutableArray<NewEvent> events)
    {
        ArgumentNullException.ThrowIfNull(deleteChildren);
        for (var attempt = 1; ; attempt++)
        {
            await deleteChildren();
            try
            {
                await WriteAsync(null, events);
                return;
            }
            catch (BridgeRefusedException refused) when (refused.Reason == BridgeRefusal.ForeignKey && attempt < MaxDeletionAttempts)
            {
                // Round again.
            }
        }
    }

    private async Task WriteHereAsync(T? value, long epoch, ImmutableArray<NewEvent> events)
    {
        await SettledAsync(); // 1
        var before = State;
        var outbox = await MarkAsync(before.Outbox, events); // 2
        await StoreAsync(new EntityState<T>
        {
            Value = value,
            Version = before.Version + 1,
            AppliedVersion = before.AppliedVersion,
            Epoch = epoch,
            Outbox = outbox,
            EventsBefore = before.Outbox.LastSequence,
        }); // 3
        try
        {
            await ApplyAsync(); // 4
        }
        catch (BridgeRefusedException)
        {
            await UndoAsync(before.Value);
            throw;
        }

        await CommitIndexAsync(); // 5
        _outbox?.Release(State.Outbox); // 6
    }

    /// <summary>Writes both marks side by side, and returns the outbox with the events, to be stored.</summary>
    private async Task<OutboxState> MarkAsync(OutboxState stored, ImmutableArray<NewEvent> events)
    {
        if (events.IsDefaultOrEmpty && _outbox is null)
        {
            await kind.Index.MarkPendingAsync(kind.KeyOf(Id));
            return stored;
        }

        var outbox = _outbox ?? throw new InvalidOperationException($"{kind.KeyOf(Id)} records events, and its kind has no channel for them: EntityKind.Events is null.");
        var recording = outbox.RecordAsync(stored, events);
        try
        {
            await Task.WhenAll(kind.Index.MarkPendingAsync(kind.KeyOf(Id)), recording);
        }
        catch
        {
            outbox.Abandon();
            throw;
        }

        return await recording;
    }

    /// <summary>Goes back to the value before a refused write, which the monolith's rows still have.</summary>
    private async Task UndoAsync(T? value)
    {
        var version = State.Version + 1;
        await StoreAsync(new EntityState<T>
        {
            Value = value,
            Version = version,
            AppliedVersion = version,
            Epoch = State.Epoch,
            Outbox = _outbox?.Undo(State.Outbox, State.EventsBefore) ?? State.Outbox,
            EventsBefore = State.EventsBefore,
        });
        await CommitIndexAsync();
        _outbox?.Release(State.Outbox);
    }

    /// <summary>Ends when the monolith's rows are those of the state. Reads that run side by side share the work.</summary>
    private Task SettledAsync()
    {
        if (!IsBehind)
        {
            return Task.CompletedTask;
        }

        if (_settling is null or { IsCompleted: true })
        {
            _settling = SettleOnceAsync();
        }

        return _settling;
    }

    private async Task SettleOnceAsync()
    {
        try
        {
            await ApplyAsync();
        }
        catch (BridgeRefusedException)
        {
            // The write was never acknowledged and the monolith will not have it: what the monolith has is the truth.
            await UndoAsync(await kind.ReadMonolithAsync(Id, CancellationToken.None));
            return;
        }

        await CommitIndexAsync();
        _outbox?.Release(State.Outbox);
    }

    private async Task ApplyAsync()
    {
        await kind.Bridge.ApplyAsync([kind.ChangeOf(Id, State)]);
        State.AppliedVersion = State.Version;
    }

    private Task CommitIndexAsync() => kind.Index.CommitAsync([kind.EntryOf(Id, State.Version, State.Value)]);

    private async Task StoreAsync(EntityState<T> next)
    {
        var before = State;
        stored.State = next;
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            // Whether it was stored is unknown: the next activation reads what is true.
            stored.State = before;
            DeactivateOnIdle();
            throw;
        }

        _outbox?.Written();
    }
}
