using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Diagnostics;
using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Messaging.Connections;
using OrleansShop.Engine.Messaging.Frames;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Messaging;

/// <summary>
/// Handles the frames that come in. Requests go to their activation and answers to their caller from the receive loop itself,
/// without another thread in between.
/// </summary>
internal sealed partial class MessageHandler(
    ClusterConnections connections, ClusterRouter router, OutgoingRequests requests, IncomingCalls incoming, RingHolder ring, IViews views, ISiloFrames siloFrames,
    CallClock clock, RouterLimits limits, EngineMetrics metrics, ILogger<MessageHandler> logger, IPlacementFrames? placements = null, SiloLease? lease = null) : IMessageHandler
{
    public void Received(Connection connection, FrameKind kind, byte[] buffer, int offset, int length)
    {
        if (kind is FrameKind.Request or FrameKind.Response)
            metrics.MessageReceived(length);
        var reader = new FrameReader(buffer.AsSpan(offset, length));
        switch (kind)
        {
            case FrameKind.Request:
                Request(connection, ref reader, buffer, offset, length);
                break;
            case FrameKind.Response:
                Response(connection, ref reader, buffer, offset, length);
                break;
            case FrameKind.Cancel:
                if (CallerAt(connection).Cancel(reader.Fixed64()) is { } cancelled)
                    Cancel(cancelled);
                break;
            case FrameKind.ViewNotice:
                views.Noticed(ViewFrame.ReadNotice(ref reader), connection);
                break;
            case FrameKind.ViewAnswer:
                views.Received(ViewFrame.ReadView(ref reader));
                break;
            case FrameKind.ViewQuestion:
                siloFrames.ViewWanted(connection);
                break;
            case FrameKind.Acknowledge:
                var (version, draining) = ViewFrame.ReadAcknowledge(ref reader);
                siloFrames.Acknowledged(connection, version, draining);
                break;
            case FrameKind.Place or FrameKind.Placed or FrameKind.Unplaced or FrameKind.Settle or FrameKind.Move or FrameKind.HandOver when placements is not null && connection.Peer?.Silo is { } silo:
                Placement(placements, silo, connection, kind, ref reader);
                break;
            default:
                throw new FrameException($"A frame of unknown kind {(int)kind} came.");
        }
    }

    public void Opened(Connection connection) => views.Opened(connection);

    public void Closed(Connection connection) => views.Closed(connection);

    public void Gone(SiloAddress silo, string proof) => siloFrames.Gone(silo, proof);

    private void Placement(IPlacementFrames handler, SiloAddress silo, Connection connection, FrameKind kind, ref FrameReader reader)
    {
        switch (kind)
        {
            case FrameKind.Place:
                var place = PlacementFrame.ReadPlace(ref reader);
                if (place.View > ring.Current.View.Version)
                    views.Noticed(place.View, connection);
                handler.PlaceWanted(silo, place.Grain, place.Number, place.View, place.State);
                break;
            case FrameKind.Settle:
                var (floor, asked) = PlacementFrame.ReadSettle(ref reader);
                handler.SettleWanted(silo, floor, asked);
                break;
            case FrameKind.Move:
                var move = PlacementFrame.ReadMove(ref reader);
                handler.Moved(silo, move.Grain, move.Number, move.Target, move.State);
                break;
            case FrameKind.HandOver:
                var handedOver = PlacementFrame.ReadHandOver(ref reader);
                if (handedOver.View > ring.Current.View.Version)
                    views.Noticed(handedOver.View, connection);
                handler.HandedOver(silo, handedOver.Grain, handedOver.View, handedOver.State);
                break;
            default:
                var (grain, number) = PlacementFrame.ReadPlacement(ref reader);
                handler.Answered(silo, grain, number, isThere: kind == FrameKind.Placed);
                break;
        }
    }

    private void Request(Connection connection, ref FrameReader reader, byte[] buffer, int offset, int length)
    {
        var header = RequestFrame.ReadHeader(ref reader, connection);
        if (header.View > ring.Current.View.Version)
            views.Noticed(header.View, connection);

        GrainCall call;
        using (var body = PayloadReader.Rent(connections.Codecs, buffer, offset + reader.Position, length - reader.Position))
        {
            try
            {
                call = incoming.Create(header, body);
            }
#pragma warning disable CA1031 // A codec of the application may throw anything; the caller gets it.
            catch (Exception cause)
#pragma warning restore CA1031
            {
                Refuse(connection, header, cause);
                return;
            }
        }

        call.DeadlineMs = header.MsLeft == 0 ? long.MaxValue : clock.NowMs + CallClock.TickMs + (long)Math.Min(header.MsLeft, int.MaxValue);
        CallerAt(connection).Begin(call, header.Id);
        if (header.Placement != 0 && connection.Peer?.Silo is { } owner)
            router.ReceivePlaced(call, header.Placement, owner);
        else
            router.Receive(call, header.View);
    }

    private void Response(Connection connection, ref FrameReader reader, byte[] buffer, int offset, int length)
    {
        connection.EndRequest();
        var (isFailure, id, view) = ResponseFrame.ReadHeader(ref reader);
        if (view > ring.Current.View.Version)
            views.Noticed(view, connection);
        if (requests.TakeAnswered(id) is not { } call)
            return;
        using (var body = PayloadReader.Rent(connections.Codecs, buffer, offset + reader.Position, length - reader.Position))
            ResponseFrame.ReadOutcome(body, isFailure, call);

        // A call that was sent on for another process is in a list of calls that wait for an answer; one of this process is in none.
        if (call.ReplySink is null)
            call.LetGo();
        OutgoingRequests.Deliver(call);
    }

    private void Cancel(GrainCall call)
    {
        call.CancelCallee();
        router.Cancel(call);
    }

    private RemoteCaller CallerAt(Connection connection) =>
        connection.Caller ??= new RemoteCaller(connection, connections, ring, lease ?? SiloLease.OfNobody, metrics, limits.MaxFrameBytes);

    private void Refuse(Connection connection, in RequestHeader header, Exception cause)
    {
        LogUnreadable(cause, header.Type.ToString(), connection.Remote);
        if ((header.Traits & CallFlags.OneWay) != 0)
            return;
        using var writer = PayloadWriter.Rent(connections.Codecs);
        ResponseFrame.WriteFailure(writer, new PayloadException($"The request for {header.Interface} of {new GrainId(header.Type, header.Key)} cannot be read: {cause.Message}"), header.Id, ring.Current.View.Version);
        connection.SendControl(writer.Written);
    }
}
