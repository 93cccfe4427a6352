using Orleans.Runtime;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Diagnostics;
using OrleansShop.Engine.Messaging.Connections;
using OrleansShop.Engine.Messaging.Frames;
using OrleansShop.Engine.Messaging.Transport;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Messaging;

/// <summary>Requests on the wire: writes them, finds the call that an answer belongs to, and fails those that get none.</summary>
internal sealed class OutgoingRequests
{
    // The lowest bit of a request's number says in which table its answer is looked up.
    private const int RelayBit = 1;

    private readonly ClusterConnections _connections;
    private readonly PendingCalls _pending;
    private readonly Answers _answers;
    private readonly CallClock _clock;
    private readonly RouterLimits _limits;
    private readonly EngineMetrics _metrics;
    private readonly PayloadLimits _payloadLimits;
    private readonly Relays _relays = new();

    public OutgoingRequests(ClusterConnections connections, PendingCalls pending, Answers answers, CallClock clock, RouterLimits limits, EngineMetrics metrics)
    {
        _connections = connections;
        _pending = pending;
        _answers = answers;
        _clock = clock;
        _limits = limits;
        _metrics = metrics;
        _payloadLimits = PayloadLimits.Default with { MaxPayloadBytes = limits.MaxFrameBytes };
        clock.AtEachTick(DropOverdueRelays);
    }

    /// <summary>How many calls of other processes were sent on and are not answered yet.</summary>
    public int RelayedCalls => _relays.Count;

    /// <summary>
    /// Sends a call on a connection; false if the connection has ended, and nothing was sent. Any other failure is told to the caller.
    /// </summary>
    /// <remarks>Hot path: one rented writer, nothing allocated.</remarks>
    public bool TrySend(GrainCall call, Connection connection, long viewVersion, long placement = 0)
    {
        var id = NumberFor(call);
        using var writer = PayloadWriter.Rent(_connections.Codecs, _payloadLimits);
        try
        {
            RequestFrame.Write(writer, connection, call, id, viewVersion, _clock.NowMs, placement);
        }
#pragma warning disable CA1031 // A codec of the application may throw anything; the caller gets it.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            Refuse(call, id, cause is PayloadException ? TooLarge(call, cause.Message) : cause);
            return true;
        }

        if (writer.Length > _limits.MaxFrameBytes)
        {
            Refuse(call, id, TooLarge(call, $"It takes {writer.Length} bytes."));
            return true;
        }

        switch (connection.SendRequest(writer.Written, expectsAnswer: id != 0))
        {
            case SendOutcome.Full:
                Refuse(call, id, _limits.TooBusy(connection));
                return true;
            case SendOutcome.Closed:
                Forget(call, id);
                return false;
            default:
                _metrics.MessageSent(writer.Length);
                return true;
        }
    }

    /// <summary>Tells the silo that a call was sent to that its caller has given it up.</summary>
    public void Cancel(GrainCall call)
    {
        if (call.RemoteSilo is not { } silo || _connections.FindLink(silo)?.Current is not { } connection)
            return;
        var id = call.ReplySink is null ? (ulong)call.CorrelationId << RelayBit : (ulong)_relays.NumberOf(call) << RelayBit | RelayBit;
        using var writer = PayloadWriter.Rent(_connections.Codecs);
        writer.Kind(FrameKind.Cancel);
        writer.Fixed64(id);
        connection.SendControl(writer.Written);
    }

    /// <summary>Takes the call out that an answer with this number belongs to; null if nobody waits for it any more.</summary>
    public GrainCall? TakeAnswered(ulong id) =>
        (id & RelayBit) == 0 ? _pending.Take((long)(id >> RelayBit)) : _relays.Take((long)(id >> RelayBit));

    /// <summary>Gives the outcome in the call to its caller, in this process or the one that it was sent on for.</summary>
    public static void Deliver(GrainCall call)
    {
        if (call.ReplySink is { } sink)
            sink.Reply(call);
        else
            call.Complete();
    }

    /// <summary>Fails what was sent to a silo and not answered.</summary>
    public void FailSentTo(SiloAddress silo, string why)
    {
        _pending.FailAll(silo, call => Unavailable(call, silo, why));
        foreach (var call in _relays.TakeSentTo(silo))
        {
            call.Fail(Unavailable(call, silo, why));
            Deliver(call);
        }
    }

    /// <summary>What a caller is told whose call was sent to a silo that is gone.</summary>
    public static SiloUnavailableException Unavailable(GrainCall call, SiloAddress silo, string why) =>
        new($"{call} was sent to silo {silo}, and {why}. Whether it was executed is unknown.");

    private ulong NumberFor(GrainCall call)
    {
        if (call.Is(CallFlags.OneWay))
            return 0;
        return call.ReplySink is null ? (ulong)call.CorrelationId << RelayBit : (ulong)_relays.Add(call) << RelayBit | RelayBit;
    }

    private void Refuse(GrainCall call, ulong id, Exception cause)
    {
        Forget(call, id);
        _answers.Refuse(call, cause);
    }

    private PayloadException TooLarge(GrainCall call, string why) =>
        new($"{call} cannot be sent: {why} A message may have {_limits.MaxFrameBytes} bytes (MessagingOptions.MaxMessageBodySize).");

    private void Forget(GrainCall call, ulong id)
    {
        if (call.ReplySink is not null && id != 0)
            _relays.Take((long)(id >> RelayBit));
    }

    private void DropOverdueRelays(long nowMs)
    {
        foreach (var call in _relays.TakeWhere(call => call.DeadlineMs < nowMs))
            _answers.Refuse(call, new TimeoutException($"{call} was sent on, and no answer came while its caller waited."));
    }
}
