using System.Collections.Concurrent;
using Orleans.Runtime;

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

    public Task<bool> TryWrite(MembershipRow row, long expectedVersion, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_content.Version != expectedVersion)
                return Task.FromResult(false);
            _content = TableContent.Put(_content, row);
            return Task.FromResult(true);
        }
    }

    public Task<bool> Beat(SiloAddress silo, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (TableContent.Beat(_content, silo) is not { } next)
                return Task.FromResult(false);
            _content = next;
            return Task.FromResult(true);
        }
    }
}
