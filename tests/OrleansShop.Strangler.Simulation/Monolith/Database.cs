using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;
using OrleansShop.Strangler.Simulation.Scheduling;

namespace OrleansShop.Strangler.Simulation.Monolith;

/// <summary>The monolith's database: its rows with a foreign key, and, when they are installed, ledger and fences. Each method is one transaction; one that throws has changed nothing.</summary>
internal sealed class Database(Rules rules)
{
    private readonly SortedDictionary<(string Kind, long Number), Content> _rows = [];
    private readonly SortedDictionary<(string Kind, long Number), LedgerEntry> _ledger = [];
    private readonly Dictionary<string, long> _sequences = [];

    public bool IsInstalled { get; private set; }

    /// <summary>How many times ledger and fences were installed.</summary>
    public int Installations { get; private set; }

    public long CapabilityEpoch { get; private set; }

    public bool AllowsTakes { get; private set; }

    public IEnumerable<(Entity Entity, Content Content)> Rows => _rows.Select(static row => (new Entity(row.Key.Kind, row.Key.Number), row.Value));

    public int Refused { get; private set; }

    // What the monolith does by itself.

    public Content? Read(Entity entity) => _rows.GetValueOrDefault(Key(entity));

    /// <summary>False: there is no such entity.</summary>
    public bool Update(Entity entity, string value)
    {
        if (Read(entity) is not { } content) return false;
        Fence(entity);
        _rows[Key(entity)] = content with { Value = value };
        return true;
    }

    /// <summary>False: there is no such entity.</summary>
    public bool Delete(Entity entity)
    {
        if (Read(entity) is null) return false;
        Fence(entity);
        RemoveRow(entity);
        if (_ledger.TryGetValue(Key(entity), out var entry) && entry.Epoch == 0) _ledger.Remove(Key(entity));
        return true;
    }

    public Entity Create(string kind, Content content)
    {
        var entity = new Entity(kind, NextNumber(kind));
        WriteRow(entity, content);
        Inserted(entity);
        return entity;
    }

    public long NextNumber(string kind) => _sequences[kind] = _sequences.GetValueOrDefault(kind) + 1;

    // What the bridge does.

    public string Announce(long epoch, bool fence, bool takes)
    {
        if (epoch < CapabilityEpoch) throw new RefusedException(BridgeRefusal.StalePhase);
        if (!fence && _ledger.Any(entry => entry.Value.Owner == EntityOwner.Grains && _rows.ContainsKey(entry.Key))) throw new RefusedException(BridgeRefusal.StalePhase);
        (CapabilityEpoch, AllowsTakes) = (epoch, takes);
        if (fence && !IsInstalled)
        {
            Installations++;
            foreach (var key in _rows.Keys) _ledger[key] = LedgerEntry.Untouched;
        }

        if (!fence) _ledger.Clear();
        IsInstalled = fence;
        return fence ? "installed" : "removed";
    }

    public TakenEntity Take(Entity entity, long capabilityEpoch, long seenEpoch)
    {
        if (!IsInstalled || capabilityEpoch < CapabilityEpoch || !AllowsTakes) throw new RefusedException(BridgeRefusal.StalePhase);
        var content = Read(entity);
        var decision = Decided(rules.Take(Find(entity), content is not null, seenEpoch), entity);
        return decision.Outcome == LedgerOutcome.Absent ? new TakenEntity(Entry: null, Rows: null) : new TakenEntity(decision.Entry, content?.ToRows(entity, version: 0));
    }

    public LedgerOutcome Apply(Entity entity, EntityChange change)
    {
        if (!IsInstalled)
        {
            Decided(rules.ApplyWithoutLedger(change), entity);
            Write(entity, change);
            return LedgerOutcome.Done;
        }

        var decision = rules.Apply(Find(entity), change);
        if (decision.Outcome == LedgerOutcome.Done)
        {
            Write(entity, change);
            if (change.Owner == EntityOwner.Monolith && decision.Entry is null && !change.IsDelete) Inserted(entity);
            if (change.Owner == EntityOwner.Monolith && decision.Entry is { Epoch: 0 } && change.IsDelete) _ledger.Remove(Key(entity));
        }

        if (change.Owner == EntityOwner.Grains) Decided(decision, entity);
        else if (decision.Outcome != LedgerOutcome.Done) Decided(decision, entity);
        return decision.Outcome;
    }

    public LedgerEntry Return(Entity entity, EntityChange last)
    {
        if (!IsInstalled) throw new RefusedException(BridgeRefusal.NotOwner);
        var decision = rules.Return(Find(entity), last);
        if (decision.Outcome == LedgerOutcome.Done) Write(entity, last);
        return Decided(decision, entity).Entry!.Value;
    }

    public LedgerEntry? Find(Entity entity) => _ledger.TryGetValue(Key(entity), out var entry) ? entry : null;

    public IReadOnlyList<Entity> List(EntityOwner owner) =>
        [.. _ledger.Where(entry => entry.Value.Owner == owner && _rows.ContainsKey(entry.Key)).Select(entry => new Entity(entry.Key.Kind, entry.Key.Number))];

    private static (string Kind, long Number) Key(Entity entity) => (entity.Kind, entity.Number);

    private LedgerDecision Decided(LedgerDecision decision, Entity entity)
    {
        switch (decision.Outcome)
        {
            case LedgerOutcome.NotOwner:
                Refused++;
                throw new RefusedException(BridgeRefusal.NotOwner);
            case LedgerOutcome.Stale:
                Refused++;
                throw new RefusedException(BridgeRefusal.StaleVersion);
            case LedgerOutcome.Done when decision.Entry is { } entry && IsInstalled:
                _ledger[Key(entity)] = entry;
                break;
        }

        return decision;
    }

    private void Fence(Entity entity)
    {
        if (rules.HasFences && IsInstalled && Find(entity) is { Owner: EntityOwner.Grains }) throw new RefusedException(BridgeRefusal.NotOwner);
    }

    private void Inserted(Entity entity)
    {
        if (IsInstalled) _ledger.TryAdd(Key(entity), LedgerEntry.Untouched);
    }

    private void Write(Entity entity, EntityChange change)
    {
        if (change.Row is null) RemoveRow(entity);
        else WriteRow(entity, Content.FromRows(new EntityRows(change.Kind, change.Id, change.Version, change.Row)));
    }

    private void WriteRow(Entity entity, Content content)
    {
        if (content.Parent is { } parent && !_rows.ContainsKey((Entity.Parent, parent))) throw new RefusedException(BridgeRefusal.ForeignKey);
        _rows[Key(entity)] = content;
    }

    private void RemoveRow(Entity entity)
    {
        if (entity.Kind == Entity.Parent && _rows.Any(row => row.Key.Kind == Entity.Child && row.Value.Parent == entity.Number)) throw new RefusedException(BridgeRefusal.ForeignKey);
        _rows.Remove(Key(entity));
    }
}
