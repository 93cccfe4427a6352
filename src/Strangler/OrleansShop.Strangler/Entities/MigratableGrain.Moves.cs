using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Entities.Protocol;
using OrleansShop.Strangler.Moving;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Entities;

/// <content>How the entity comes and goes: comparing with the ledger, taking, returning.</content>
public abstract partial class MigratableGrain<T>
{
    private Task<Arranged>? _arranging;

    /// <summary>The capability's epoch at which the ledger was compared last in this activation.</summary>
    private long? _comparedAt;

    private enum Standing
    {
        Owner,
        Monolith,

        /// <summary>The grain is to own the entity, and there is none.</summary>
        Absent,
    }

    /// <inheritdoc />
    public async Task<EntityOwner> PlaceAsync(long? capabilityEpoch = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await PlaceOnceAsync(capabilityEpoch);
            }
            catch (BridgeRefusedException refused) when (refused.Reason == BridgeRefusal.StalePhase)
            {
                // The ledger does not let the entity be taken (yet): it stays where it is.
                kind.Capability.Refresh();
                if (attempt == MaxWriteAttempts) return EntityOwner.Monolith;
            }
        }
    }

    /// <inheritdoc />
    public async Task ShadowAsync(EntityRows? rows)
    {
        await KnownAsync(await kind.Capability.GetAsync());
        if (State.IsOwner) return;
        await StoreAsync(State.Next(State.Holding, rows is null ? null : kind.Mapping.FromRows(rows), State.Outbox, State.EventsBefore));
    }

    private async Task<EntityOwner> PlaceOnceAsync(long? capabilityEpoch)
    {
        if (capabilityEpoch is not { } known || (await kind.Capability.GetAsync()).Epoch < known) kind.Capability.Refresh();
        var status = await kind.Capability.GetAsync();

        var isWanted = status.WantedOwner(kind.Manifest.Kind, TextId) == EntityOwner.Grains;
        if (isWanted && !State.IsOwner)
        {
            // The taking says itself what the ledger says: a sweep asks once for each entity.
            await TakeAsync(status);
            return EntityOwner.Grains;
        }

        if (IsRetired(status))
        {
            await KnownAsync(status);
            if (!State.IsOwner) await TakeAsync(status);
            return EntityOwner.Grains;
        }

        var entry = await CompareAsync(status);
        await KnownAsync(status);
        if (isWanted)
        {
            if (!State.IsOwner) await TakeAsync(status);
            return EntityOwner.Grains;
        }

        if (entry is { } missed && State.Holding.HasMissed(missed))
        {
            // The phase may not allow to take it once more.
            await TakeOverAsync(missed, await kind.Bridge.ReadEntityAsync(kind.Manifest, TextId));
        }

        if (State.IsOwner) await ReturnAsync();
        return State.IsOwner ? EntityOwner.Grains : EntityOwner.Monolith;
    }

    /// <summary>Where a new id belongs.</summary>
    private Standing NewIn(CapabilityStatus status) => status.WantedOwner(kind.Manifest.Kind, TextId) == EntityOwner.Grains ? Standing.Absent : Standing.Monolith;

    /// <summary>Whether the state counts for good, also if this process has not heard yet that the capability is retired.</summary>
    private bool IsRetired(CapabilityStatus status) => status.Phase == CapabilityPhase.Retired || State.Holding.IsParted;

    /// <summary>Whether the state is what counts, without asking anybody.</summary>
    private bool IsKnown(CapabilityStatus status) => _comparedAt == status.Epoch && State.Holding.MayServe;

    /// <summary>Ends when it is clear who owns the entity, which the grain has taken if it is to. Reads that run side by side share the work.</summary>
    private Task<Arranged> ArrangedAsync()
    {
        if (_arranging is null or { IsCompleted: true })
        {
            _arranging = ArrangeAsync();
        }

        return _arranging;
    }

    private async Task<Arranged> ArrangeAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var status = await kind.Capability.GetAsync();
            await KnownAsync(status, mayLag: true);
            if (State.IsOwner) return new Arranged(Standing.Owner, State.Value);
            if (status.WantedOwner(kind.Manifest.Kind, TextId) == EntityOwner.Monolith) return new Arranged(Standing.Monolith, Value: null);
            try
            {
                return await TakeAsync(status) ? new Arranged(Standing.Owner, State.Value) : new Arranged(Standing.Absent, Value: null);
            }
            catch (BridgeRefusedException refused) when (refused.Reason == BridgeRefusal.StalePhase)
            {
                // The phase is being announced, or another one is: until the ledger lets the entity be taken, it is the monolith's.
                kind.Capability.Refresh();
                if (attempt < MaxWriteAttempts) continue;
                if (status.Phase == CapabilityPhase.Retired) throw new BridgeUnavailableException($"{kind.KeyOf(Id)} cannot be taken yet, and {status.Capability} is retired: the monolith does not answer for it.", RetryAfter, refused);
                return new Arranged(Standing.Monolith, Value: null);
            }
        }
    }

    /// <summary>Ends when the state is true: compared with the ledger, and nothing in it is begun or behind.</summary>
    /// <param name="status">Where the capability stands.</param>
    /// <param name="mayLag">Whether what was acknowledged may still be behind, if the capability's replication may lag.</param>
    private async Task KnownAsync(CapabilityStatus status, bool mayLag = false)
    {
        if (State.IsOwner && _comparedAt != status.Epoch)
        {
            if (IsRetired(status)) _comparedAt = status.Epoch;
            else await CompareAsync(status);
        }

        if (State.IsOwner && !(mayLag && MayLag && State.Holding.IsLagging)) await SettledAsync(); // 4
        if (State.Begun == HoldingStep.Returning) await EndReturnAsync();
    }

    /// <summary>0.</summary>
    private async Task<LedgerEntry?> CompareAsync(CapabilityStatus status)
    {
        var entry = await kind.Ledger.FindAsync(kind.Manifest.Capability, kind.Manifest.Kind, TextId);
        await FollowAsync(State.Holding.Reconciled(entry));
        _comparedAt = status.Epoch;
        return entry;
    }

    /// <summary>The ledger has refused what this grain has stored: it asks why, and is not the owner any more.</summary>
    /// <exception cref="BridgeUnavailableException">Whether the refused version was ever written is not certain.</exception>
    private async Task FollowRefusalAsync()
    {
        kind.Capability.Refresh();
        var entry = await kind.Ledger.FindAsync(kind.Manifest.Capability, kind.Manifest.Kind, TextId);
        var refused = State.Holding;
        if (entry is { Owner: EntityOwner.Grains } newer && newer.Epoch == refused.Epoch && newer.Version > refused.Version)
        {
            DeactivateOnIdle();
            throw new BridgeUnavailableException($"{kind.KeyOf(Id)} was written by another activation of its grain, in version {newer.Version}; this one has {refused.Version} and ends.", RetryAfter);
        }

        await FollowAsync(refused.Overruled(entry));
        if (refused.IsBehind && !refused.IsCertainlyNotApplied(entry))
            throw new BridgeUnavailableException($"{kind.KeyOf(Id)} has changed hands; whether version {refused.Version} was written before is not known.", RetryAfter);
    }

    private async Task FollowAsync(Holding next)
    {
        if (next.IsOwner == State.IsOwner)
        {
            State.Know(next);
            return;
        }

        // What was not applied is not what the monolith has: neither a copy, nor something to publish.
        var outbox = IsBehind && _outbox is { } mine ? mine.Undo(State.Outbox, State.EventsBefore) : State.Outbox;
        await LeaveIndexAsync(next.Version);
        await StoreAsync(State.Next(next, IsBehind ? null : State.Value, outbox, outbox.LastSequence));
        _outbox?.Release(State.Outbox);
    }

    /// <summary>False: there is no such entity, and nothing was taken.</summary>
    private async Task<bool> TakeAsync(CapabilityStatus status)
    {
        var began = _metrics?.Begin() ?? 0;
        var taken = await SeenAsync(MoveTraces.Take, EntityOwner.Grains, () =>
            kind.Ledger.TakeAsync(new TakeRequest(kind.Manifest.Capability, kind.Manifest.Kind, TextId, status.Epoch, State.Epoch))); // 1
        if (taken.Entry is not { Owner: EntityOwner.Grains } entry) return false;
        await TakeOverAsync(entry, taken.Rows);
        _metrics?.Waited(kind.Manifest.Capability, EntityOwner.Grains, began);
        _comparedAt = status.Epoch;
        return true;
    }

    private async Task TakeOverAsync(LedgerEntry entry, EntityRows? rows)
    {
        var value = rows is null ? null : kind.Mapping.FromRows(rows);
        var holding = State.Holding.Taken(entry, exists: value is not null);

        // The index first: a state that says owner is never without its entry, and an entry without its state shows the rows as they are.
        await kind.Index.CommitAsync([kind.EntryOf(Id, holding.Version, value)]); // 2a
        if (value is not null) await TakingAsync(value); // 2a
        await StoreAsync(State.Next(holding, value, State.Outbox, State.Outbox.LastSequence)); // 2b
    }

    private async Task ReturnAsync()
    {
        var began = _metrics?.Begin() ?? 0;
        await StoreAsync(State.Next(State.Holding.Returning(), State.Value, State.Outbox, State.EventsBefore)); // 8
        await EndReturnAsync();
        _metrics?.Waited(kind.Manifest.Capability, EntityOwner.Monolith, began);
    }

    private async Task EndReturnAsync()
    {
        LedgerEntry entry;
        try
        {
            entry = await SeenAsync(MoveTraces.Return, EntityOwner.Monolith, () => kind.Ledger.ReturnAsync(kind.ChangeOf(Id, State, State.Epoch))); // 9a
        }
        catch (BridgeRefusedException refused) when (refused.IsAboutOwnership)
        {
            await FollowRefusalAsync();
            return;
        }

        var returned = State.Holding.Returned(entry);
        await LeaveIndexAsync(returned.Version); // 9b
        await StoreAsync(State.Next(returned, State.Value, State.Outbox, State.EventsBefore)); // 10
    }

    /// <summary>Who owns the entity, and what it is if that is the grain.</summary>
    private readonly record struct Arranged(Standing Standing, T? Value);
}
