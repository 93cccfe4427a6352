using System.Collections.Concurrent;
using System.Net;

namespace OrleansShop.Engine.Messaging.Transport;

/// <summary>
/// A network inside one process, for clusters in tests. Frames travel as bytes, so that everything crosses the same
/// serialization as between processes. Endpoints are names only.
/// </summary>
internal sealed class MemoryNetwork : IClusterTransport
{
    private const int FirstFreePort = 49_152;

    private readonly ConcurrentDictionary<IPEndPoint, Listener> _listeners = new();
    private readonly int _maxPendingBytes;
    private int _lastPort = FirstFreePort;

    public MemoryNetwork(int maxPendingBytes = 64 * 1024 * 1024) => _maxPendingBytes = maxPendingBytes;

    public ValueTask<ITransportListener> ListenAsync(IPEndPoint endpoint, Action<IFrameChannel> accepted, CancellationToken cancellationToken)
    {
        var at = endpoint.Port == 0 ? new IPEndPoint(endpoint.Address, Interlocked.Increment(ref _lastPort)) : endpoint;
        var listener = new Listener(this, at, accepted);
        if (!_listeners.TryAdd(at, listener))
            throw new IOException($"Cannot listen on {at}: another silo of this process's in-memory network does.");
        return new(listener);
    }

    public ValueTask<IFrameChannel> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        if (!_listeners.TryGetValue(endpoint, out var listener))
            throw new ConnectionRefusedException($"Nothing listens on {endpoint} in this process's in-memory network.");

        var near = new MemoryChannel($"{endpoint} (memory)", _maxPendingBytes);
        var far = new MemoryChannel($"caller of {endpoint} (memory)", _maxPendingBytes);
        near.Peer = far;
        far.Peer = near;
        listener.Accepted(far);
        return new(near);
    }

    private sealed class Listener(MemoryNetwork network, IPEndPoint endpoint, Action<IFrameChannel> accepted) : ITransportListener
    {
        public IPEndPoint Endpoint { get; } = endpoint;

        public Action<IFrameChannel> Accepted { get; } = accepted;

        public ValueTask DisposeAsync()
        {
            network._listeners.TryRemove(new KeyValuePair<IPEndPoint, Listener>(Endpoint, this));
            return default;
        }
    }
}
