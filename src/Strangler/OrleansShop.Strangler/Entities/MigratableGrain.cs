using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Entities.Protocol;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Moving;
using OrleansShop.Strangler.Outbox;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Replication;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Entities;

/// <summary>
/// One entity that the monolith or this grain owns, as the ledger says, and that can be asked for in both cases. It comes and goes while requests run.
/// </summary>
/// <remarks>
/// The roads. The numbers in front are those of a move; <see cref="Holding"/> has the rules, and why they hold.
/// <code>
///  0  compare     an owner asks the ledger, once in an activation and after each order for the capability
///
///  take: the grain is to own the entity, and somebody asks for it
///  1  ledger      monolith → grains, with the rows, which are frozen from then on
///  2a commit      the index entry, and what else the service keeps of the entity
///  2b store       the state: owner, epoch, version
///  3  serve
///
///  write
///  4a store       what a crash cut off, once more: nothing that the lost activation was storing can come after it
///  4b settle      finish it, before anything else is served
///  5a mark        the index entry is about to change, and there will be an event
///  5b store       the state with the event, version + 1, not yet applied
///  6a apply       the same rows at the monolith, through the bridge
///  6b commit      the index entry
///  6c release     the event may be published now, which goes on in the background
///  7  return      which acknowledges the write
///
///  return: the monolith is to own the entity, and a sweep or a repair says so
///  8  store       the state: nothing but this return is done from now on
///  9a ledger      grains → monolith, with the rows
///  9b commit      the index entry goes
///  10 store       the state: not the owner; the value stays as a copy
/// </code>
/// A crash after 1 leaves an entity that belongs to grains and that no grain knows: the next who asks for it takes it again, with the same rows. A crash after 5b leaves a state whose version is ahead of its applied
/// version: the next activation applies it again before it answers. A crash after 8 leaves a return that the next activation ends. If the monolith refuses at 6a (a foreign key, say) the state goes back to what it was, in a
/// version of its own, and the caller gets the refusal. If it does not answer, the outcome is unknown: the caller gets <see cref="BridgeUnavailableException"/>, and the grain answers nothing until 4 succeeds. If the ledger
/// refuses at 6a, the grain is not the owner any more: it forgets, and the write goes to where the entity is.
/// An event is published when its write is settled and not before; an event of a write that was taken back never is. Taking and returning have no events, nor have writes to what the monolith owns.
/// In the phase Monolith there is no ledger, which is to say that the monolith owns everything: an owner that asks it, at 0, finds that it is none any more.
/// Where the capability's replication may lag and the bridge does not answer at 6a, a change of what exists is marked and stored once more, as lagging, and acknowledged. Until the newest state is applied the entity is served and
/// changed without 6a; it is applied before it is deleted or returned.
/// </remarks>
/// <typeparam name="T">The entity's own fields, as the service sees them.</typeparam>
/// <param name="stored">The grain's state.</param>
/// <param name="kind">What the grains of this kind share.</param>
public abstract partial class MigratableGrain<T>(IPersistentState<EntityState<T>> stored, EntityKind<T> kind) : Grain, IMigratableGrain
    where T : class
{
    private const int MaxDeletionAttempts = 5;
    private const int MaxWriteAttempts = 2;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private Task? _settling;

    /// <summary>Whether the state is as this activation has stored it. Until then a write of the one before, which gave up waiting for it, may still come.</summary>
    private bool _hasStored;
    private GrainOutbox? _outbox;
    private EntityId? _id;
    private string? _textId;

    /// <summary>The entity's id.</summary>
    protected EntityId Id => _id ??= this.GetEntityId(kind.Manifest.KeyType);

    private EntityState<T> State => stored.State;

    private string TextId => _textId ??= Id.ToString();

    private bool IsBehind => State.Version > State.AppliedVersion;

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _metrics = ServiceProvider.GetService<MoveMetrics>();
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
    public async Task SettleAsync()
    {
        await KnownAsync(await kind.Capability.GetAsync());

        // Also where nothing had to be settled any more: the ledger may have had the version already, and only the entry have been cut off.
        if (State.IsOwner) await CommitIndexAsync();
        else await LeaveIndexAsync(State.Version);
        if (MayLag) await kind.Index.CommitAsync([BehindMarks.End(kind.KeyOf(Id), State.Version)]);
    }

    /// <inheritdoc />
    public async Task PublishEventsAsync()
    {
        // While the monolith owns the entity there is nothing to settle: its events wait in the outbox all the same.
        await KnownAsync(await kind.Capability.GetAsync(), mayLag: true);
        if (_outbox is { } outbox) await outbox.RecoverAsync(State.Outbox, () => StoreAsync(State.Copy()));
    }

    /// <inheritdoc />
    public async Task<EntityRows?> ExportAsync()
    {
        await KnownAsync(await kind.Capability.GetAsync());
        return State is { IsOwner: true, Value: { } value } ? kind.Mapping.ToRows(Id, State.Version, value) : null;
    }

    /// <inheritdoc />
    public async Task<BothSides> ReadBothSidesAsync()
    {
        var held = await ExportAsync();
        return new BothSides(held, await kind.Bridge.ReadEntityAsync(kind.Manifest, TextId));
    }

    /// <summary>Returns the entity from wherever it lives, or null.</summary>
    protected async ValueTask<T?> ReadAsync(CancellationToken cancellationToken = default)
    {
        var status = await kind.Capability.GetAsync();
        if (IsKnown(status)) return State.Value;
        if (!State.IsOwner && status.Phase == CapabilityPhase.Shadow && ShadowReads.IsOn) return State.Value;

        var arranged = await ArrangedAsync();
        return arranged.Standing == Standing.Monolith ? await kind.ReadMonolithAsync(Id, cancellationToken) : arranged.Value;
    }

    /// <summary>Makes the entity what is given wherever it lives, or deletes it with null. The write is acknowledged when the task ends.</summary>
    /// <remarks>
    /// A write to what the monolith owns is not protected from arriving late: if the task fails with <see cref="BridgeUnavailableException"/>, it may take effect at any time. Requests that change such an entity belong to the
    /// monolith itself; deletions that follow from others are what this is for.
    /// </remarks>
    /// <param name="value">What it becomes; null for a deletion.</param>
    /// <param name="events">What is published of it, if the entity lives here.</param>
    /// <exception cref="OutboxFullException">Too many events of the entity wait to be published; nothing has changed.</exception>
    /// <exception cref="BridgeRefusedException">The monolith's rules forbid it; nothing has changed.</exception>
    /// <exception cref="BridgeUnavailableException">The monolith's database gave no answer, or the entity moves to and fro; whether the write will take effect is unknown.</exception>
    protected Task WriteAsync(T? value, params ImmutableArray<NewEvent> events) => WriteAsync(value, isNew: false, events);

    /// <summary>Makes a new entity, with an id that nobody had before (<see cref="EntityKind{T}.NextIdAsync"/>): as <see cref="WriteAsync(T, ImmutableArray{NewEvent})"/>, without asking first whether it is there.</summary>
    /// <param name="value">What it is.</param>
    /// <param name="events">What is published of it, if the entity lives here.</param>
    protected Task WriteNewAsync(T value, params ImmutableArray<NewEvent> events)
    {
        ArgumentNullException.ThrowIfNull(value);
        return WriteAsync(value, isNew: true, events);
    }

    /// <summary>
    /// The grain is about to store an entity that it has taken from the monolith (step 2), of which no event tells: for what else the service keeps of it. Called again if a crash follows. Must neither read nor write the entity.
    /// If it fails, the entity is taken once more by the next who asks for it.
    /// </summary>
    /// <param name="value">The entity as it came.</param>
    protected virtual Task TakingAsync(T value) => Task.CompletedTask;

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

    private async Task WriteAsync(T? value, bool isNew, ImmutableArray<NewEvent> events)
    {
        for (var attempt = 1; ; attempt++)
        {
            var status = await kind.Capability.GetAsync();
            // An id that turns out not to be new is looked at in the second attempt.
            var standing = isNew && attempt == 1 && !State.IsOwner ? NewIn(status) : (await ArrangedAsync()).Standing; // 4
            if (value is null && State.Holding.IsLagging) await SettledAsync();
            if (await TryWriteAsync(standing, value, events)) return;

            // Nothing was written: the entity has moved meanwhile.
            kind.Capability.Refresh();
            if (attempt == MaxWriteAttempts) throw new BridgeUnavailableException($"{kind.KeyOf(Id)} has changed hands {attempt} times while it was to be written; nothing was written.", RetryAfter);
        }
    }

    /// <summary>False: the entity is not where the grain took it to be, and nothing was written.</summary>
    private async Task<bool> TryWriteAsync(Standing standing, T? value, ImmutableArray<NewEvent> events, bool isCreation = false)
    {
        switch (standing)
        {
            case Standing.Owner:
                return await TryWriteHereAsync(State.Holding.Written(exists: value is not null), value, events);
            case Standing.Absent:
                return value is null || await TryWriteHereAsync(State.Holding.Created(), value, events);
            default:
                var change = kind.ChangeOf(Id, new EntityState<T> { Value = value }, epoch: 0) with { Owner = EntityOwner.Monolith, IsCreation = isCreation };
                try
                {
                    await kind.Bridge.ApplyAsync([change]);
                    return true;
                }
                catch (BridgeRefusedException refused) when (refused.Reason == BridgeRefusal.NotOwner)
                {
                    return false;
                }
        }
    }

    private async Task<bool> TryWriteHereAsync(Holding next, T? value, ImmutableArray<NewEvent> events)
    {
        if (IsRetired(await kind.Capability.GetAsync())) next = next.Parted();
        var before = State;
        var outbox = await MarkAsync(before.Outbox, events); // 5a
        await StoreAsync(before.Next(next, value, outbox, before.Outbox.LastSequence)); // 5b
        try
        {
            // While the rows lag, others apply the newest state as soon as they can.
            if (IsBehind && !State.Holding.IsLagging) await ApplyAsync(); // 6a
        }
        catch (BridgeUnavailableException) when (MayLag && State is { Value: not null, Begun: HoldingStep.None })
        {
            await LagAsync();
        }
        catch (BridgeRefusedException refused) when (refused.IsAboutOwnership)
        {
            await FollowRefusalAsync();
            return false;
        }
        catch (BridgeRefusedException)
        {
            // What a grain has that was not the owner is a copy, or nothing.
            await UndoAsync(before.IsOwner ? before.Value : null);
            throw;
        }

        await CommitIndexAsync(); // 6b
        _outbox?.Release(State.Outbox); // 6c
        return true;
    }

    /// <summary>Whether a change may be acknowledged that the monolith's rows do not have yet.</summary>
    private bool MayLag => kind.Manifest.Replication == ReplicationMode.Lag;

    /// <summary>Instead of 6a while the monolith cannot be reached: the mark by which the entity is found, then the state, which says that nobody takes the write back.</summary>
    private async Task LagAsync()
    {
        await kind.Index.MarkPendingAsync(BehindMarks.Of(kind.KeyOf(Id)));
        await StoreAsync(State.Next(State.Holding.Lagging(), State.Value, State.Outbox, State.EventsBefore));
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
        var outbox = _outbox?.Undo(State.Outbox, State.EventsBefore) ?? State.Outbox;
        var undone = State.Holding.Undone(exists: value is not null);
        await StoreAsync(State.Next(State.Holding.IsParted ? undone.Parted() : undone, value, outbox, State.EventsBefore));
        if (IsBehind) await ApplyAsync();
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
            if (IsRetired(await kind.Capability.GetAsync())) await StoreAsync(State.Next(State.Holding.Parted(), State.Value, State.Outbox, State.EventsBefore)); // 4a
            else if (!_hasStored) await StoreAsync(State.Copy()); // 4a
            if (IsBehind) await ApplyAsync(); // 4b
        }
        catch (BridgeRefusedException refused) when (refused.IsAboutOwnership)
        {
            await FollowRefusalAsync();
            return;
        }
        catch (BridgeRefusedException refused) when (State.Holding.IsLagging)
        {
            throw new BridgeRefusedException(
                refused.Reason, $"Version {State.Version} of {kind.KeyOf(Id)} was acknowledged before the monolith had it, and the monolith's rules refuse it; write the entity so that they take it. {refused.Message}");
        }
        catch (BridgeRefusedException) when (!State.Holding.IsParted)
        {
            // The write was never acknowledged and the monolith will not have it: what the monolith has is the truth.
            await UndoAsync(State.Begun == HoldingStep.Creating ? null : await kind.ReadMonolithAsync(Id, CancellationToken.None));
            return;
        }

        await CommitIndexAsync();
        _outbox?.Release(State.Outbox);
    }

    private async Task ApplyAsync()
    {
        try
        {
            await SeenAsync(MoveTraces.Apply, EntityOwner.Grains, async () =>
            {
                await kind.Bridge.ApplyAsync([kind.ChangeOf(Id, State, State.Epoch)]);
                return true;
            });
        }
        catch (BridgeRefusedException refused) when (State.Holding.IsParted && refused.Reason == BridgeRefusal.ForeignKey)
        {
            // Only rows of retired capabilities refer to it, which are as old: its row stays for theirs.
        }

        State.Know(State.Holding.Applied());
    }

    private Task CommitIndexAsync() => kind.Index.CommitAsync([kind.EntryOf(Id, State.Version, State.Value)]);

    private Task LeaveIndexAsync(long version) => kind.Index.CommitAsync([kind.EntryOf(Id, version, value: null)]);

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

        _hasStored = true;
        _outbox?.Written();
    }
}
