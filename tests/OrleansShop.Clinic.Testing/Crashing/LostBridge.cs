using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Clinic.Testing.Crashing;

internal sealed class LostBridge(IMonolithBridge bridge, CrashPoint crash) : IMonolithBridge
{
    public Task<EntityPage> ReadAsync(RowQuery query, CancellationToken cancellationToken = default) => bridge.ReadAsync(query, cancellationToken);

    public Task ApplyAsync(IReadOnlyList<EntityChange> changes, CancellationToken cancellationToken = default) =>
        crash.RunAsync(WriteStep.BeforeApply, WriteStep.AfterApply, () => bridge.ApplyAsync(changes, cancellationToken));

    public Task<IReadOnlyList<long>> AllocateIdsAsync(string capability, string kind, int count, CancellationToken cancellationToken = default) =>
        bridge.AllocateIdsAsync(capability, kind, count, cancellationToken);

    public Task<MonolithUser?> GetUserAsync(string username, CancellationToken cancellationToken = default) => bridge.GetUserAsync(username, cancellationToken);
}
