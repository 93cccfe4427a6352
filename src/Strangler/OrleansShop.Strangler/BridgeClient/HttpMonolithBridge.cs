using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.BridgeClient;

/// <summary>The bridge over HTTP. Every answer that is not the expected one becomes one of the two exceptions.</summary>
/// <param name="http">A client with the bridge's base address, key and timeout.</param>
public sealed class HttpMonolithBridge(HttpClient http) : IMonolithBridge
{
    private readonly BridgeCalls _calls = new(http);

    /// <inheritdoc />
    public Task<EntityPage> ReadAsync(RowQuery query, CancellationToken cancellationToken = default) =>
        _calls.AskAsync<RowQuery, EntityPage>(BridgeWire.ReadPath, query, cancellationToken);

    /// <inheritdoc />
    public Task ApplyAsync(IReadOnlyList<EntityChange> changes, CancellationToken cancellationToken = default) =>
        _calls.PostAsync<ApplyRequest, object>(BridgeWire.ApplyPath, new ApplyRequest(changes), cancellationToken);

    /// <inheritdoc />
    public async Task<IReadOnlyList<long>> AllocateIdsAsync(string capability, string kind, int count, CancellationToken cancellationToken = default)
    {
        var answer = await _calls.PostAsync<AllocateRequest, AllocateAnswer>(BridgeWire.AllocatePath, new AllocateRequest(capability, kind, count), cancellationToken);
        return answer?.Ids is { } ids && ids.Count == count ? ids : throw _calls.Unexpected(BridgeWire.AllocatePath, $"{answer?.Ids?.Count ?? 0} ids instead of {count}");
    }

    /// <inheritdoc />
    public Task<MonolithUser?> GetUserAsync(string username, CancellationToken cancellationToken = default) =>
        _calls.PostAsync<UserRequest, MonolithUser>(BridgeWire.UserPath, new UserRequest(username), cancellationToken);
}
