using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace OrleansShop.Engine.Streams.Memory;

/// <summary>A silo's hold on the queues of a provider.</summary>
internal sealed class MemoryQueuesOfSilo(string provider, IOptions<ClusterOptions> cluster, ProcessMemory memory, TimeProvider time) : IDisposable
{
    private bool _isDisposed;

    public MemoryQueues Queues { get; } = MemoryQueues.Open(memory, cluster.Value.ServiceId, cluster.Value.ClusterId, provider, time);

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        Queues.Close();
    }
}
