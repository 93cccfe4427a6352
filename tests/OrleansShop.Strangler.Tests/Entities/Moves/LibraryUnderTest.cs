using System.Globalization;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Tests.Entities.Moves;

/// <summary>The monolith's books in memory, and their ledger, which decides by the product's rules. Titles that begin with "bad" are against the monolith's rules.</summary>
internal sealed class LibraryUnderTest(LostAt lost) : IMonolithBridge, IOwnershipLedger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, LedgerEntry> _entries = [];
    private readonly Dictionary<long, string> _titles = [];
    private long _lastId = 100;

    /// <summary>Whether there is a ledger.</summary>
    public bool IsInstalled { get; set; } = true;

    /// <summary>The capability's epoch that was announced last.</summary>
    public long CapabilityEpoch { get; set; } = 1;

    /// <summary>Whether entities may be taken.</summary>
    public bool AllowsTakes { get; set; } = true;

    /// <summary>Whether the monolith's rules forbid bad titles.</summary>
    public bool HasRules { get; set; } = true;

    /// <summary>What was applied last, to be sent once more.</summary>
    public EntityChange? LastApplied { get; private set; }

    /// <summary>Runs before each change is applied.</summary>
    public Action<EntityChange>? BeforeApply { get; set; }

    public string? TitleOf(long id)
    {
        lock (_lock) return _titles.GetValueOrDefault(id);
    }

    public LedgerEntry? EntryOf(long id)
    {
        lock (_lock) return _entries.TryGetValue(id, out var entry) ? entry : null;
    }

    /// <summary>The monolith writes a book by itself.</summary>
    /// <exception cref="BridgeRefusedException">The fence refuses.</exception>
    public void Write(long id, string title)
    {
        lock (_lock)
        {
            if (IsInstalled && _entries.TryGetValue(id, out var entry) && entry.Owner == EntityOwner.Grains) throw new BridgeRefusedException(BridgeRefusal.NotOwner, $"fence: book {id}");
            _titles[id] = title;
            if (IsInstalled) _entries.TryAdd(id, LedgerEntry.Untouched);
        }
    }

    public void Give(long id, LedgerEntry entry)
    {
        lock (_lock) _entries[id] = entry;
    }

    public Task<EntityPage> ReadAsync(RowQuery query, CancellationToken cancellationToken = default) => lost.RunAsync("read", () =>
    {
        lock (_lock)
        {
            var found = query.Values!.Select(long.Parse).Where(_titles.ContainsKey).Select(id => BookMapping.Rows(id, 0, _titles[id])).ToList();
            return Task.FromResult(new EntityPage(found, Next: null));
        }
    });

    public Task ApplyAsync(IReadOnlyList<EntityChange> changes, CancellationToken cancellationToken = default) => lost.RunAsync("apply", () =>
    {
        lock (_lock)
        {
            foreach (var change in changes) Apply(change);
        }

        return Task.FromResult(true);
    });

    public Task<IReadOnlyList<long>> AllocateIdsAsync(string capability, string kind, int count, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            _lastId += count;
            return Task.FromResult<IReadOnlyList<long>>([.. Enumerable.Range(0, count).Select(place => _lastId - count + 1 + place)]);
        }
    }

    public Task<MonolithUser?> GetUserAsync(string username, CancellationToken cancellationToken = default) => Task.FromResult<MonolithUser?>(null);

    public Task<TakenEntity> TakeAsync(TakeRequest request, CancellationToken cancellationToken = default) => lost.RunAsync("take", () =>
    {
        lock (_lock)
        {
            if (!IsInstalled || !AllowsTakes || request.CapabilityEpoch < CapabilityEpoch) throw new BridgeRefusedException(BridgeRefusal.StalePhase, "The phase has changed.");
            var id = NumberOf(request.Id);
            var title = _titles.GetValueOrDefault(id);
            var decision = LedgerRules.Take(EntryIn(id), title is not null, request.SeenEpoch);
            Keep(id, decision);
            return Task.FromResult(decision.Outcome == LedgerOutcome.Absent ? new TakenEntity(Entry: null, Rows: null) : new TakenEntity(decision.Entry, title is null ? null : BookMapping.Rows(id, 0, title)));
        }
    });

    public Task<LedgerEntry> ReturnAsync(EntityChange last, CancellationToken cancellationToken = default) => lost.RunAsync("return", () =>
    {
        lock (_lock)
        {
            var decision = LedgerRules.Return(EntryIn(NumberOf(last.Id)), last);
            if (decision.Outcome == LedgerOutcome.Done) Store(last);
            Keep(NumberOf(last.Id), decision);
            return Task.FromResult(decision.Entry!.Value);
        }
    });

    public Task<LedgerEntry?> FindAsync(string capability, string kind, string id, CancellationToken cancellationToken = default) => lost.RunAsync("find", () => Task.FromResult(IsInstalled ? EntryOf(NumberOf(id)) : null));

    public Task AnnounceAsync(CapabilityAnnouncement announcement, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<LedgerPage> ListAsync(LedgerQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<LedgerCounts> CountAsync(string capability, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ChangePage> ReadChangesAsync(string capability, long after, int limit, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private static long NumberOf(string id) => long.Parse(id, CultureInfo.InvariantCulture);

    private LedgerEntry? EntryIn(long id) => _entries.TryGetValue(id, out var entry) ? entry : null;

    private void Apply(EntityChange change)
    {
        BeforeApply?.Invoke(change);
        LastApplied = change;
        var id = NumberOf(change.Id);
        var decision = IsInstalled ? LedgerRules.Apply(EntryIn(id), change) : LedgerRules.ApplyWithoutLedger(change);
        if (decision.Outcome == LedgerOutcome.Done) Store(change);
        Keep(id, decision);
    }

    private void Keep(long id, LedgerDecision decision)
    {
        if (decision.Outcome == LedgerOutcome.NotOwner) throw new BridgeRefusedException(BridgeRefusal.NotOwner, $"book {id} belongs to {EntryIn(id)}");
        if (decision.Outcome == LedgerOutcome.Stale) throw new BridgeRefusedException(BridgeRefusal.StaleVersion, $"book {id} is newer: {EntryIn(id)}");
        if (decision is { Outcome: LedgerOutcome.Done, Entry: { } entry }) _entries[id] = entry;
    }

    private void Store(EntityChange change)
    {
        if (change.Row?.Text("title") is { } title)
        {
            if (HasRules && title.StartsWith("bad", StringComparison.Ordinal)) throw new BridgeRefusedException(BridgeRefusal.Constraint, "a bad title");
            _titles[NumberOf(change.Id)] = title;
        }
        else
        {
            _titles.Remove(NumberOf(change.Id));
        }
    }
}
