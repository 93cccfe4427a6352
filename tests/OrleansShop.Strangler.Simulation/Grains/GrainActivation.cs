using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Entities.Protocol;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;
using OrleansShop.Strangler.Simulation.Monolith;
using OrleansShop.Strangler.Simulation.Rollout;
using OrleansShop.Strangler.Simulation.Scheduling;

namespace OrleansShop.Strangler.Simulation.Grains;

/// <summary>
/// One activation: the steps of the product's grain in their order, on the product's <see cref="Holding"/>, one request at a time. The numbers are those of the protocol.
/// </summary>
internal sealed class GrainActivation(World world, SimulatedSilo silo, Entity entity)
{
    private readonly Queue<(GrainRequest Request, Action<GrainAnswer> Answer)> _queue = new();
    private Holding _holding;
    private Content? _content;
    private long _etag;
    private long? _comparedAt;
    private bool _isRead;
    private bool _hasStored;
    private bool _isBusy;
    private bool _mustEnd;

    private enum Standing
    {
        Owner,
        Monolith,
        Absent,
    }

    public Entity Entity { get; } = entity;

    public void Enqueue(GrainRequest request, Action<GrainAnswer> answer)
    {
        _queue.Enqueue((request, answer));
        if (!_isBusy) _ = WorkAsync();
    }

    private async Task WorkAsync()
    {
        _isBusy = true;
        while (_queue.TryDequeue(out var next))
        {
            GrainAnswer answer;
            try
            {
                answer = await HandleAsync(next.Request);
            }
            catch (LostException)
            {
                return;
            }
            catch (UnavailableException)
            {
                answer = new GrainAnswer(AnswerOutcome.Unknown);
            }
            catch (RefusedException refused) when (refused.Reason is BridgeRefusal.ForeignKey)
            {
                answer = new GrainAnswer(AnswerOutcome.Refused);
            }
            catch (RefusedException)
            {
                answer = new GrainAnswer(AnswerOutcome.Unknown);
            }
            catch (InvalidOperationException broken)
            {
                world.Fail($"{silo.Name}, {Entity}: {broken.Message}");
                return;
            }

            // Who is frozen or overtaken holds its answers back.
            if (silo.IsRunning) next.Answer(answer);
            if (_mustEnd) break;
        }

        if (_mustEnd)
        {
            silo.Drop(this);
            while (_queue.TryDequeue(out var rest)) rest.Answer(new GrainAnswer(AnswerOutcome.Unknown));
        }

        _isBusy = false;
    }

    private async Task<GrainAnswer> HandleAsync(GrainRequest request)
    {
        if (!_isRead)
        {
            var stored = await silo.AskAsync($"read the state of {Entity}", null, () => world.Store.Read(Entity));
            (_holding, _content, _etag, _isRead) = (stored.Holding, stored.Content, stored.ETag, true);
        }

        return request switch
        {
            GrainRequest.Read => await ReadAsync(),
            GrainRequest.Update update => await WriteAsync(content => content with { Value = update.Value }, isCascade: false),
            GrainRequest.Delete deletion => await WriteAsync(static _ => null, deletion.IsCascade),
            GrainRequest.Create creation => await CreateAsync(creation.Content),
            GrainRequest.Settle => await SettleRequestedAsync(),
            GrainRequest.Place place => new GrainAnswer(AnswerOutcome.Done, Owner: await PlaceAsync(place.CapabilityEpoch)),
            _ => throw new ArgumentOutOfRangeException(nameof(request)),
        };
    }

    private async Task<GrainAnswer> ReadAsync()
    {
        var content = _content;
        if (!(_holding.MayServe && _comparedAt == silo.View().Epoch))
        {
            var standing = await ArrangeAsync();
            if (standing == Standing.Absent) return new GrainAnswer(AnswerOutcome.Absent);
            if (standing == Standing.Monolith && world.Scheduler.Chance(0.5)) return new GrainAnswer(AnswerOutcome.Misdirected);
            content = standing == Standing.Owner ? _content : await RowAsync();
        }

        silo.At(3);
        return content is null ? new GrainAnswer(AnswerOutcome.Absent) : new GrainAnswer(AnswerOutcome.Done, content);
    }

    private async Task<GrainAnswer> WriteAsync(Func<Content, Content?> change, bool isCascade)
    {
        for (var attempt = 1; ; attempt++)
        {
            switch (await ArrangeAsync())
            {
                case Standing.Absent:
                    return new GrainAnswer(AnswerOutcome.Absent);
                case Standing.Monolith when !isCascade:
                    return new GrainAnswer(AnswerOutcome.Misdirected);
                case Standing.Monolith:
                    if (await RowAsync() is null) return new GrainAnswer(AnswerOutcome.Absent);
                    try
                    {
                        var deletion = EntityChange.Delete(Entity.Capability, Entity.Kind, Entity.Id, version: 0, epoch: 0) with { Owner = EntityOwner.Monolith };
                        await silo.AskAsync($"delete {Entity} for the monolith", world.Bridge, () => world.Database.Apply(Entity, deletion), mayRepeat: false);
                        return new GrainAnswer(AnswerOutcome.Done);
                    }
                    catch (RefusedException refused) when (refused.Reason == BridgeRefusal.NotOwner)
                    {
                        break;
                    }

                default:
                    if (_content is not { } content) return new GrainAnswer(AnswerOutcome.Absent);
                    silo.At(4);
                    var changed = change(content);
                    if (changed is null && _holding.IsLagging) await SettleAsync();
                    if (await TryWriteAsync(_holding.Written(exists: changed is not null), changed)) return new GrainAnswer(AnswerOutcome.Done);
                    break;
            }

            silo.Refresh();
            if (attempt == 2) return new GrainAnswer(AnswerOutcome.Unknown);
        }
    }

    private async Task<GrainAnswer> CreateAsync(Content content)
    {
        for (var attempt = 1; ; attempt++)
        {
            var status = silo.View();
            if (!status.HasLedger || status.WantedOwner(Entity) == EntityOwner.Monolith)
            {
                // The service makes it for the monolith, as the clinic's would.
                var change = EntityChange.Upsert(Entity.Capability, content.ToRows(Entity, version: 0), epoch: 0) with { Owner = EntityOwner.Monolith };
                await silo.AskAsync($"create {Entity} for the monolith", world.Bridge, () => world.Database.Apply(Entity, change), mayRepeat: false);
                return new GrainAnswer(AnswerOutcome.Done, Entity: Entity);
            }

            silo.At(4);
            if (await TryWriteAsync(_holding.Created(), content)) return new GrainAnswer(AnswerOutcome.Done, Entity: Entity);
            silo.Refresh();
            if (attempt == 2 || (await ArrangeAsync()) == Standing.Owner) return new GrainAnswer(AnswerOutcome.Unknown);
        }
    }

    private async Task<bool> TryWriteAsync(Holding next, Content? content)
    {
        var before = _holding.IsOwner ? _content : null;
        await StoreAsync(next, content);
        silo.At(5);
        if (next.Begun == HoldingStep.Creating && !world.Rules.AppliesCreationsFirst)
        {
            _ = LaterAsync();
            return true;
        }

        try
        {
            if (!_holding.IsLagging) await ApplyAsync();
        }
        catch (UnavailableException) when (world.MayLag && content is not null && _holding.Begun == HoldingStep.None)
        {
            await LagAsync(content);
        }
        catch (RefusedException refused) when (refused.IsAboutOwnership)
        {
            await FollowRefusalAsync();
            return false;
        }
        catch (RefusedException)
        {
            await UndoAsync(before);
            throw;
        }

        silo.At(6);
        silo.At(7);
        return true;
    }

    private async Task LagAsync(Content content)
    {
        await silo.AskAsync($"mark {Entity} as behind", null, () => world.Store.Behind.Add(Entity), mayRepeat: false);
        await StoreAsync(_holding.Lagging(), content);
        silo.At(5);
        world.HasLagged();
    }

    private async Task<GrainAnswer> SettleRequestedAsync()
    {
        var status = silo.View();
        await KnownAsync(status);
        if (!_holding.IsLagging) await silo.AskAsync($"end the mark of {Entity}", null, () => world.Store.Behind.Remove(Entity), mayRepeat: false);
        return new GrainAnswer(AnswerOutcome.Done);
    }

    /// <summary>Only with a planted fault: it is applied when the next request settles it, or by this.</summary>
    private async Task LaterAsync()
    {
        await world.Scheduler.DelayAsync(100);
        Enqueue(new GrainRequest.Read(), static _ => { });
    }

    private async Task UndoAsync(Content? before)
    {
        var undone = _holding.Undone(exists: before is not null);
        await StoreAsync(world.Rules.AppliesUndoing ? undone : undone.Applied(), before);
        if (world.Rules.AppliesUndoing) await ApplyAsync();
    }

    private async Task<EntityOwner> PlaceAsync(long? capabilityEpoch)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (capabilityEpoch is not { } known || silo.View().Epoch < known) silo.Refresh();
            var status = silo.View();
            if (!status.HasLedger) return EntityOwner.Monolith;
            try
            {
                var isWanted = status.WantedOwner(Entity) == EntityOwner.Grains;
                if (isWanted && !_holding.IsOwner)
                {
                    await TakeAsync(status);
                    return EntityOwner.Grains;
                }

                var entry = await CompareAsync(status);
                await KnownAsync(status);
                if (isWanted)
                {
                    if (!_holding.IsOwner) await TakeAsync(status);
                    return EntityOwner.Grains;
                }

                if (entry is { } missed && _holding.HasMissed(missed)) await TakeOverAsync(missed, await RowAsync());
                if (_holding.IsOwner)
                {
                    if (world.Rules.StoresReturnsFirst) await StoreAsync(_holding.Returning(), _content);
                    else _holding = _holding.Returning();
                    silo.At(8);
                    await EndReturnAsync();
                }

                return _holding.IsOwner ? EntityOwner.Grains : EntityOwner.Monolith;
            }
            catch (RefusedException refused) when (refused.Reason == BridgeRefusal.StalePhase)
            {
                silo.Refresh();
                if (attempt == 2) return EntityOwner.Monolith;
            }
        }
    }

    private async Task<Standing> ArrangeAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var status = silo.View();
            await KnownAsync(status, mayLag: world.MayLag);
            if (status.HasLedger && _holding.IsOwner) return Standing.Owner;
            if (!status.HasLedger || status.WantedOwner(Entity) == EntityOwner.Monolith) return Standing.Monolith;
            try
            {
                return await TakeAsync(status) ? Standing.Owner : Standing.Absent;
            }
            catch (RefusedException refused) when (refused.Reason == BridgeRefusal.StalePhase)
            {
                silo.Refresh();
                if (attempt == 2) return Standing.Monolith;
            }
        }
    }

    private async Task KnownAsync(Capability status, bool mayLag = false)
    {
        if (!status.HasLedger) return;
        if (_holding.IsOwner && _comparedAt != status.Epoch) await CompareAsync(status);
        if (_holding is { IsOwner: true, IsBehind: true } && !(mayLag && _holding.IsLagging)) await SettleAsync();
        if (_holding.Begun == HoldingStep.Returning) await EndReturnAsync();
    }

    private async Task<LedgerEntry?> CompareAsync(Capability status)
    {
        var entry = await FindAsync();
        await FollowAsync(_holding.Reconciled(entry));
        _comparedAt = status.Epoch;
        return entry;
    }

    private async Task SettleAsync()
    {
        try
        {
            if (!_hasStored && world.Rules.StoresAgainBeforeSettling) await StoreAsync(_holding, _content);
            if (_holding.IsLagging && !world.Rules.AppliesWhatLags) _holding = _holding.Applied();
            else await ApplyAsync();
        }
        catch (RefusedException refused) when (refused.IsAboutOwnership)
        {
            await FollowRefusalAsync();
        }
        catch (RefusedException)
        {
            await UndoAsync(_holding.Begun == HoldingStep.Creating ? null : await RowAsync());
        }
    }

    private async Task FollowRefusalAsync()
    {
        silo.Refresh();
        var entry = await FindAsync();
        var refused = _holding;
        if (entry is { Owner: EntityOwner.Grains } newer && newer.Epoch == refused.Epoch && newer.Version > refused.Version)
        {
            _mustEnd = true;
            throw new UnavailableException($"{Entity} was written by another activation");
        }

        await FollowAsync(refused.Overruled(entry));
        if (refused.IsBehind && !refused.IsCertainlyNotApplied(entry)) throw new UnavailableException($"whether version {refused.Version} of {Entity} was applied is not known");
    }

    private async Task FollowAsync(Holding next)
    {
        if (next.IsOwner == _holding.IsOwner) _holding = next;
        else await StoreAsync(next, content: null);
    }

    private async Task<bool> TakeAsync(Capability status)
    {
        var seen = _holding.Epoch;
        var taken = await silo.AskAsync($"take {Entity}", world.Bridge, () => world.Database.Take(Entity, status.Epoch, seen));
        silo.At(1);
        if (taken.Entry is not { Owner: EntityOwner.Grains } entry) return false;
        await TakeOverAsync(entry, taken.Rows is { } rows ? Content.FromRows(rows) : null);
        _comparedAt = status.Epoch;
        return true;
    }

    private async Task TakeOverAsync(LedgerEntry entry, Content? content)
    {
        await StoreAsync(_holding.Taken(entry, exists: content is not null), content);
        silo.At(2);
    }

    private async Task EndReturnAsync()
    {
        LedgerEntry entry;
        var last = Change();
        try
        {
            entry = await silo.AskAsync($"return {last}", world.Bridge, () => world.Database.Return(Entity, last));
        }
        catch (RefusedException refused) when (refused.IsAboutOwnership)
        {
            await FollowRefusalAsync();
            return;
        }

        silo.At(9);
        await StoreAsync(_holding.Returned(entry), _content);
        silo.At(10);
    }

    private async Task ApplyAsync()
    {
        var change = Change();
        var installation = world.Database.Installations;
        await silo.AskAsync($"apply {change}", world.Bridge, () =>
        {
            // A ledger that was removed has forgotten what was deleted: the design bounds how late a creation may come by the time that takes.
            if (change.IsCreation && installation != world.Database.Installations) throw new RefusedException(BridgeRefusal.NotOwner);
            return world.Database.Apply(Entity, change);
        });
        _holding = _holding.Applied();
    }

    private EntityChange Change()
    {
        var change = _content is { } content
            ? EntityChange.Upsert(Entity.Capability, content.ToRows(Entity, _holding.Version), _holding.Epoch)
            : EntityChange.Delete(Entity.Capability, Entity.Kind, Entity.Id, _holding.Version, _holding.Epoch);
        return change with { IsCreation = _holding.Begun == HoldingStep.Creating };
    }

    private Task<LedgerEntry?> FindAsync() => silo.AskAsync($"find {Entity}", world.Bridge, () => world.Database.Find(Entity));

    private Task<Content?> RowAsync() => silo.AskAsync($"read {Entity}", world.Bridge, () => world.Database.Read(Entity));

    private async Task StoreAsync(Holding next, Content? content)
    {
        var etag = _etag;
        try
        {
            _etag = await silo.AskAsync($"store {Entity}: {next}", null, () => world.Store.Write(Entity, etag, next, content), mayRepeat: false);
        }
        catch (UnavailableException)
        {
            _mustEnd = true;
            throw;
        }

        (_holding, _content, _hasStored) = (next, content, true);
    }
}
