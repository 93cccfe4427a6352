using System.Globalization;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Tests.Moving;

/// <summary>A monolith's database in memory with its ledger, which decides by <see cref="LedgerRules"/>; both roads through the bridge. Ids are numbers. The bridge can be taken away, and single entities can be made to fail.</summary>
internal sealed class LedgeredMonolith : IMonolithBridge, IOwnershipLedger
{
    private readonly Lock _lock = new();

    // All guarded by _lock.
    private readonly Dictionary<string, SortedDictionary<long, EntityRows>> _kinds = [];
    private readonly Dictionary<(string Kind, long Id), LedgerEntry> _entries = [];
    private readonly List<(long Position, ChangedEntity Change)> _changes = [];
    private readonly List<CapabilityAnnouncement> _announced = [];
    private readonly HashSet<string> _failing = [];
    private CapabilityAnnouncement? _gate;
    private long _position;
    private long _sequence = 1_000_000;

    /// <summary>Whether nobody answers.</summary>
    internal bool IsAway { get; set; }

    /// <summary>How many removals of the ledger get no answer from now on.</summary>
    internal int LostRemovals { get; set; }

    /// <summary>Runs before each take and return, outside of the lock.</summary>
    internal Func<Task>? BeforeMove { get; set; }

    internal IReadOnlyList<CapabilityAnnouncement> Announced => Locked(() => _announced.ToList());

    internal CapabilityAnnouncement? Gate => Locked(() => _gate);

    internal LedgerCounts Counts => Locked(Count);

    internal void Fail(string id) => Locked(() => _failing.Add(id));

    internal void Mend(string id) => Locked(() => _failing.Remove(id));

    /// <summary>What the monolith itself writes; the fence refuses what it does not own.</summary>
    internal void Write(EntityRows rows) => Locked(() =>
    {
        var key = (rows.Kind, Number(rows.Id));
        if (_gate is not null)
        {
            if (_entries.TryGetValue(key, out var entry) && entry.Owner == EntityOwner.Grains) throw new InvalidOperationException($"The fence refuses {rows}.");
            if (_gate.Closed && !Kind(rows.Kind).ContainsKey(key.Item2)) throw new InvalidOperationException($"The fence takes nothing new: {rows}.");
            _entries.TryAdd(key, LedgerEntry.Untouched);
            if (_gate.Feeds) _changes.Add((++_position, new ChangedEntity(rows.Kind, rows.Id, TimeProvider.System.GetUtcNow())));
        }

        Kind(rows.Kind)[key.Item2] = rows;
        return 0;
    });

    /// <summary>Changes rows behind everybody's back.</summary>
    internal void Corrupt(EntityRows rows) => Locked(() => Kind(rows.Kind)[Number(rows.Id)] = rows);

    internal EntityRows? Find(string kind, long id) => Locked(() => Kind(kind).GetValueOrDefault(id));

    public Task<EntityPage> ReadAsync(RowQuery query, CancellationToken cancellationToken = default) => Call(() =>
    {
        var found = Kind(query.Kind).Where(pair => (query.After is null || pair.Key > Number(query.After)) && (query.Values is null || query.Values.Contains(pair.Value.Id)))
            .Select(pair => pair.Value).Take(query.Limit + 1).ToList();
        return new EntityPage([.. found.Take(query.Limit)], found.Count > query.Limit ? found[query.Limit - 1].Id : null, query.WithTotal ? Kind(query.Kind).Count : null);
    });

    public Task ApplyAsync(IReadOnlyList<EntityChange> changes, CancellationToken cancellationToken = default) => Call(() =>
    {
        foreach (var change in changes)
        {
            if (_gate is not null && !Decide(change, LedgerRules.Apply(Entry(change), change))) continue;
            Put(change);
        }

        return 0;
    });

    public Task<IReadOnlyList<long>> AllocateIdsAsync(string capability, string kind, int count, CancellationToken cancellationToken = default) =>
        Call(() => (IReadOnlyList<long>)[.. Enumerable.Range(0, count).Select(_ => ++_sequence)]);

    public Task<MonolithUser?> GetUserAsync(string username, CancellationToken cancellationToken = default) => Call(() => (MonolithUser?)null);

    public Task AnnounceAsync(CapabilityAnnouncement announcement, CancellationToken cancellationToken = default) => Call(() =>
    {
        if (_gate is { } gate && (announcement.Epoch < gate.Epoch || (announcement.Epoch == gate.Epoch && announcement != gate))) throw Refused(BridgeRefusal.StalePhase, $"The ledger knows epoch {gate.Epoch}.");
        if (!announcement.Fence && Count().Grains > 0) throw Refused(BridgeRefusal.StalePhase, "Grains own entities.");
        if (!announcement.Fence && LostRemovals > 0)
        {
            LostRemovals--;
            throw new BridgeUnavailableException("The removal has found a lock in its way.", TimeSpan.FromSeconds(1));
        }

        _announced.Add(announcement);
        if (!announcement.Fence)
        {
            _gate = null;
            _entries.Clear();
            _changes.Clear();
            return 0;
        }

        foreach (var (kind, rows) in _kinds)
        {
            foreach (var id in rows.Keys) _entries.TryAdd((kind, id), LedgerEntry.Untouched);
        }

        _gate = announcement;
        return 0;
    });

    public async Task<TakenEntity> TakeAsync(TakeRequest request, CancellationToken cancellationToken = default)
    {
        if (BeforeMove is { } wait) await wait();
        return await Call(() =>
        {
            if (_failing.Contains(request.Id)) throw new InvalidOperationException("This one cannot be taken.");
            if (_gate is not { Takes: true } gate || request.CapabilityEpoch < gate.Epoch) throw Refused(BridgeRefusal.StalePhase, "Not now.");
            var key = (request.Kind, Number(request.Id));
            var rows = Kind(request.Kind).GetValueOrDefault(key.Item2);
            LedgerEntry? entry = _entries.TryGetValue(key, out var known) ? known : null;
            var decision = LedgerRules.Take(entry, rows is not null, request.SeenEpoch);
            if (decision.Outcome == LedgerOutcome.Absent) return new TakenEntity(null, null);
            _entries[key] = decision.Entry!.Value;
            return new TakenEntity(decision.Entry, rows);
        });
    }

    public async Task<LedgerEntry> ReturnAsync(EntityChange last, CancellationToken cancellationToken = default)
    {
        if (BeforeMove is { } wait) await wait();
        return await Call(() =>
        {
            if (_failing.Contains(last.Id)) throw new InvalidOperationException("This one cannot be returned.");
            if (Decide(last, LedgerRules.Return(Entry(last), last))) Put(last);
            return _entries[(last.Kind, Number(last.Id))];
        });
    }

    public Task<LedgerEntry?> FindAsync(string capability, string kind, string id, CancellationToken cancellationToken = default) =>
        Call(() => _entries.TryGetValue((kind, Number(id)), out var entry) ? entry : (LedgerEntry?)null);

    public Task<LedgerPage> ListAsync(LedgerQuery query, CancellationToken cancellationToken = default) => Call(() =>
    {
        var found = Kind(query.Kind).Keys.Where(id => (query.After is null || id > Number(query.After)) && _entries[(query.Kind, id)].Owner == query.Owner).Take(query.Limit + 1)
            .Select(id => new LedgerItem(id.ToString(CultureInfo.InvariantCulture), _entries[(query.Kind, id)])).ToList();
        return new LedgerPage([.. found.Take(query.Limit)], found.Count > query.Limit ? found[query.Limit - 1].Id : null);
    });

    public Task<LedgerCounts> CountAsync(string capability, CancellationToken cancellationToken = default) => Call(Count);

    public Task<ChangePage> ReadChangesAsync(string capability, long after, int limit, CancellationToken cancellationToken = default) => Call(() =>
    {
        _changes.RemoveAll(change => change.Position <= after);
        var page = _changes.Take(limit).ToList();
        return new ChangePage([.. page.Select(static change => change.Change)], page.Count > 0 ? page[^1].Position : after, _changes.Count - page.Count);
    });

    private bool Decide(EntityChange change, LedgerDecision decision)
    {
        switch (decision.Outcome)
        {
            case LedgerOutcome.Done:
                if (decision.Entry is { } entry) _entries[(change.Kind, Number(change.Id))] = entry;
                return true;
            case LedgerOutcome.Repeated:
                return false;
            default:
                throw Refused(decision.Outcome == LedgerOutcome.Stale ? BridgeRefusal.StaleVersion : BridgeRefusal.NotOwner, $"{change}: {decision.Outcome}.");
        }
    }

    private LedgerEntry? Entry(EntityChange change) => _entries.TryGetValue((change.Kind, Number(change.Id)), out var entry) ? entry : null;

    private void Put(EntityChange change)
    {
        if (change.Row is null) Kind(change.Kind).Remove(Number(change.Id));
        else Kind(change.Kind)[Number(change.Id)] = new EntityRows(change.Kind, change.Id, 0, change.Row, change.Children);
    }

    private LedgerCounts Count()
    {
        var owners = _entries.Where(entry => Kind(entry.Key.Kind).ContainsKey(entry.Key.Id)).Select(entry => entry.Value.Owner).ToList();
        return new LedgerCounts(owners.Count(static owner => owner == EntityOwner.Monolith), owners.Count(static owner => owner == EntityOwner.Grains));
    }

    private SortedDictionary<long, EntityRows> Kind(string kind)
    {
        if (!_kinds.TryGetValue(kind, out var rows)) _kinds[kind] = rows = [];
        return rows;
    }

    private async Task<T> Call<T>(Func<T> work)
    {
        // As over a network: whoever asks goes on in a turn of its own.
        await Task.Yield();
        return IsAway ? throw new BridgeUnavailableException("The bridge is away.", TimeSpan.FromSeconds(1)) : Locked(work);
    }

    private T Locked<T>(Func<T> work)
    {
        lock (_lock)
        {
            return work();
        }
    }

    private static BridgeRefusedException Refused(BridgeRefusal reason, string why) => new(reason, why);

    private static long Number(string id) => long.Parse(id, CultureInfo.InvariantCulture);
}
