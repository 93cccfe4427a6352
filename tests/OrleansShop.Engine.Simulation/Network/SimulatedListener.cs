using System.Net;
using OrleansShop.Engine.Messaging.Transport;
using OrleansShop.Engine.Simulation.Processes;

namespace OrleansShop.Engine.Simulation.Network;

/// <summary>A port that a process listens at. Its host accepts for it, also while the process is frozen.</summary>
internal sealed class SimulatedListener(SimulatedNetwork network, SimulatedProcess process, IPEndPoint endpoint, Action<IFrameChannel> accepted) : ITransportListener
{
    public IPEndPoint Endpoint => endpoint;

    public SimulatedProcess Process => process;

    private bool IsOpen { get; set; } = true;

    public void Accept(SimulatedChannel channel)
    {
        // What the host has accepted for a process that closes its port before it looks is reset.
        if (IsOpen)
            accepted(channel);
        else
            channel.Close(new IOException("The listener is closed."));
    }

    public ValueTask DisposeAsync()
    {
        IsOpen = false;
        network.StopListening(this);
        return default;
    }
}
