using System.Collections.Concurrent;
using Orleans.Runtime;
using Orleans.Serialization;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Diagnostics;
using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Messaging.Connections;
using OrleansShop.Engine.Messaging.Frames;
using OrleansShop.Engine.Messaging.Transport;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Serialization;
using OrleansShop.Engine.Serialization.Exceptions;

namespace OrleansShop.Engine.Messaging;

/// <summary>The other end of one connection as the place where answers go: one for each connection.</summary>
internal sealed class RemoteCaller(Connection connection, ClusterConnections connections, RingHolder ring, SiloLease lease, EngineMetrics metrics, int maxFrameBytes) : IReplySink
{
    // Only calls that can be cancelled are found again by their number.
    private readonly ConcurrentDictionary<ulong, GrainCall> _cancellable = new();

    /// <summary>The silo at the other end; null if it is a client.</summary>
    public SiloAddress? Silo => connection.Peer?.Silo;

    /// <summary>A request came in on the connection and will be answered.</summary>
    public void Begin(GrainCall call, ulong id)
    {
        call.CorrelationId = (long)id;
        if (call.Is(CallFlags.OneWay))
            return;
        call.ReplySink = this;
        connection.BeginAnswer();
        if (call.Is(CallFlags.Cancellable))
            _cancellable[id] = call;
    }

    /// <summary>The caller has given up a call.</summary>
    public GrainCall? Cancel(ulong id) => _cancellable.GetValueOrDefault(id);

    /// <remarks>Hot path: one rented writer, nothing allocated.</remarks>
    public void Reply(GrainCall call)
    {
        var id = (ulong)call.CorrelationId;
        if (call.Is(CallFlags.Cancellable))
            _cancellable.TryRemove(id, out _);

        using var writer = PayloadWriter.Rent(connections.Codecs);
        try
        {
            ResponseFrame.Write(writer, call, id, ring.Current.View.Version);
            if (writer.Length > maxFrameBytes)
                throw new PayloadException($"it takes {writer.Length} bytes, and MessagingOptions.MaxMessageBodySize of the silo allows {maxFrameBytes}");
        }
#pragma warning disable CA1031 // A codec of the application may throw anything; the caller gets it instead of the result.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            writer.Reset();
            call.Fail(call.Exception is { } thrown ? InsteadOf(thrown, cause) : new PayloadException($"The answer to {call} cannot be sent: {cause.GetType().Name}: {cause.Message}"));
            ResponseFrame.Write(writer, call, id, ring.Current.View.Version);
        }

        metrics.MessageSent(writer.Length);

        // What comes of a turn that outlasted the lease may not be so any more with the next owner.
        if (!lease.HasRunOut() || !lease.TryPark(new HeldAnswer(this, writer.Written.ToArray())))
            Send(writer.Written);
    }

    private void Send(ReadOnlySpan<byte> answer)
    {
        if (connection.SendResponse(answer) == SendOutcome.Closed)
            Current()?.SendControl(answer);
    }

    // Made of text alone, so that it cannot fail as the exception itself did.
    private static UnavailableExceptionFallbackException InsteadOf(Exception thrown, Exception cause)
    {
        var instead = new UnavailableExceptionFallbackException(thrown.GetType().FullName!, $"{thrown.Message} (The exception itself cannot be sent: {cause.Message})", inner: null);
        ExceptionFields.SetStackTrace(instead, thrown.StackTrace);
        return instead;
    }

    // The connection that the request came on is gone: the caller is still waiting if it has opened another.
    private Connection? Current() => connection.Peer switch
    {
        { Silo: { } silo } => connections.FindLink(silo)?.ForResponses,
        { } client => connections.ClientOf(client.Identity).Current,
        null => null,
    };

    // An answer that waits for the silo's lease.
    private sealed class HeldAnswer(RemoteCaller caller, byte[] answer) : IThreadPoolWorkItem
    {
        public void Execute() => caller.Send(answer);
    }
}
