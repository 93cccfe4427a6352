using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.BridgeClient;

/// <summary>The ledger through the bridge over HTTP. Takes that are asked for while others are on their way go together.</summary>
public sealed class HttpOwnershipLedger : IOwnershipLedger
{
    private readonly BridgeCalls _calls;
    private readonly TakeGroups _takes;

    /// <summary>Asks nothing yet.</summary>
    /// <param name="http">A client with the bridge's base address, key and timeout.</param>
    public HttpOwnershipLedger(HttpClient http)
    {
        ArgumentNullException.ThrowIfNull(http);
        _calls = new BridgeCalls(http);
        _takes = new TakeGroups(_calls);
    }

    /// <inheritdoc />
    public Task AnnounceAsync(CapabilityAnnouncement announcement, CancellationToken cancellationToken = default) =>
        _calls.PostAsync<CapabilityAnnouncement, object>(BridgeWire.AnnouncePath, announcement, cancellationToken);

    /// <inheritdoc />
    public Task<TakenEntity> TakeAsync(TakeRequest request, CancellationToken cancellationToken = default) =>
        _takes.TakeAsync(request, cancellationToken);

    /// <inheritdoc />
    public async Task<LedgerEntry> ReturnAsync(EntityChange last, CancellationToken cancellationToken = default) =>
        (await _calls.AskAsync<EntityChange, LedgerAnswer>(BridgeWire.ReturnPath, last, cancellationToken)).Entry ?? throw _calls.Unexpected(BridgeWire.ReturnPath, "no entry");

    /// <inheritdoc />
    public async Task<LedgerEntry?> FindAsync(string capability, string kind, string id, CancellationToken cancellationToken = default) =>
        (await _calls.AskAsync<FindRequest, LedgerAnswer>(BridgeWire.FindPath, new FindRequest(capability, kind, id), cancellationToken)).Entry;

    /// <inheritdoc />
    public Task<LedgerPage> ListAsync(LedgerQuery query, CancellationToken cancellationToken = default) =>
        _calls.AskAsync<LedgerQuery, LedgerPage>(BridgeWire.ListPath, query, cancellationToken);

    /// <inheritdoc />
    public Task<LedgerCounts> CountAsync(string capability, CancellationToken cancellationToken = default) =>
        _calls.AskAsync<CountRequest, LedgerCounts>(BridgeWire.CountPath, new CountRequest(capability), cancellationToken);

    /// <inheritdoc />
    public Task<ChangePage> ReadChangesAsync(string capability, long after, int limit, CancellationToken cancellationToken = default) =>
        _calls.AskAsync<ChangesRequest, ChangePage>(BridgeWire.ChangesPath, new ChangesRequest(capability, after, limit), cancellationToken);
}
