using System.Net;
using OrleansShop.Engine.Messaging.Transport;
using OrleansShop.Engine.Simulation.Processes;

namespace OrleansShop.Engine.Simulation.Network;

/// <summary>One process's way to the network.</summary>
internal sealed class SimulatedTransport(SimulatedNetwork network, SimulatedProcess process) : IClusterTransport
{
    private static readonly TimeSpan s_firstRepeat = TimeSpan.FromSeconds(1);

    public ValueTask<ITransportListener> ListenAsync(IPEndPoint endpoint, Action<IFrameChannel> accepted, CancellationToken cancellationToken)
    {
        var listener = new SimulatedListener(network, process, endpoint, accepted);
        network.Listen(listener);
        return new(listener);
    }

    public async ValueTask<IFrameChannel> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var connected = new TaskCompletionSource<IFrameChannel>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Emit(() => Ask(endpoint, connected, s_firstRepeat, cancellationToken));
        return await connected.Task.WaitAsync(cancellationToken);
    }

    // The first packet of a connection, repeated until something comes back.
    private void Ask(IPEndPoint endpoint, TaskCompletionSource<IFrameChannel> connected, TimeSpan repeatAfter, CancellationToken cancellationToken) =>
        network.Time.After(network.Latency(process.Random), () =>
        {
            if (process.IsDead || cancellationToken.IsCancellationRequested)
                return;
            if (network.IsCut(process.Address, endpoint.Address) || network.IsCut(endpoint.Address, process.Address))
                network.Time.After(repeatAfter, () => Ask(endpoint, connected, repeatAfter * 2, cancellationToken));
            else if (network.FindListener(endpoint) is { } listener)
                Open(listener, connected, cancellationToken);
            else
                network.Time.After(network.Latency(process.Random), () => process.Receive(() => connected.TrySetException(new ConnectionRefusedException($"Nothing listens on {endpoint}."))));
        });

    private void Open(SimulatedListener listener, TaskCompletionSource<IFrameChannel> connected, CancellationToken cancellationToken)
    {
        var (near, far) = network.Connect(process, listener.Process);
        listener.Process.Receive(() => listener.Accept(far));
        network.Time.After(network.Latency(process.Random), () => process.Receive(() =>
        {
            // Nobody waits for it any more.
            if (cancellationToken.IsCancellationRequested || !connected.TrySetResult(near))
                near.Close(new IOException("The connection was given up."));
        }));
    }
}
