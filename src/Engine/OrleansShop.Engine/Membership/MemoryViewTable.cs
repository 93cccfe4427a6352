using System.Collections.Concurrent;

namespace OrleansShop.Engine.Membership;

/// <summary>The membership table of a cluster inside one process.</summary>
internal sealed class MemoryViewTable : IViewTable
{
    private static readonly ConcurrentDictionary<string, MemoryViewTable> Shared = new(StringComparer.Ordinal);

    private readonly Lock _gate = new();

    // Guarded by _gate.
    private MembershipView _content = MembershipView.Empty;

    /// <summary>The table that all silos of this process with one cluster id share.</summary>
    public static MemoryViewTable Of(string clusterId) => Shared.GetOrAdd(clusterId, static _ => new MemoryViewTable());

    public Task<MembershipView> Read(CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult(_content);
    }

    public Task<bool> TryWrite(TableWrite write, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!TableContent.Allows(_content, write))
                return Task.FromResult(false);
            _content = TableContent.Put(_content, write.Row);
            return Task.FromResult(true);
        }
    }

    public Task<RenewedRow?> Renew(Renewal renewal, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _content = TableContent.Renew(_content, renewal) ?? _content;
            return Task.FromResult(TableContent.Of(_content, renewal.Silo));
        }
    }
}
