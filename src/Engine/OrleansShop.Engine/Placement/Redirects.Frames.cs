using Orleans.Runtime;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Messaging.Connections;
using OrleansShop.Engine.Messaging.Frames;
using OrleansShop.Engine.Placement.Protocol;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Placement;

/// <summary>What owners and hosts say to each other.</summary>
internal sealed partial class Redirects
{
    public void PlaceWanted(Connection connection, GrainId grain, long number, long view, byte[] state) => Take(connection, grain, number, view, state);

    public void Answered(Connection connection, GrainId grain, long number, bool isThere)
    {
        var host = connection.Peer!.Silo!;
        lock (_gate)
        {
            var known = _table.Find(grain);
            var isNews = isThere ? _table.Confirm(grain, number, host) : host.Equals(known?.Host) && _table.Drop(grain, number);
            if (!isNews)
                return;

            // A refusal in the view that this silo is still at would come again at once: the next look at what waits is soon enough.
            if (!isThere && known is { Stage: RedirectStage.Placing } && known.View == _ring.Current.View.Version)
                return;
        }

        if (_router.WaitingCalls > 0)
            _router.Retry();
    }

    public void SettleWanted(Connection connection, long floor, IReadOnlyList<(GrainId Grain, long Number)> placements)
    {
        var owner = connection.Peer!.Silo!;
        lock (_gate)
            _hosted.Raise(owner, floor);
        foreach (var (grain, number) in placements)
            Answer(connection, grain, number, isThere: _catalog.Find(grain)?.Redirection is { } redirection && redirection.Number == number && redirection.Owner.Equals(owner));
    }

    /// <summary>Hands a call to the activation that its owner has placed here. False if that is gone; the owner is told.</summary>
    public bool TryDeliver(GrainCall call, long number, Connection connection)
    {
        if (_catalog.Find(call.TargetId) is { } activation)
        {
            // The router sees to it that an activation goes whose class does not answer the caller's version.
            if (call.Is(CallFlags.Misfit))
                return false;
            if (activation.TryEnqueue(call))
                return true;
        }

        Answer(connection, call.TargetId, number, isThere: false);
        return false;
    }

    private void Take(Connection connection, GrainId grain, long number, long view, byte[] state)
    {
        var owner = connection.Peer!.Silo!;
        var answer = _catalog.TryHost(grain, new Redirection(owner, number), state, () =>
        {
            lock (_gate)
            {
                var judged = _hosted.Judge(_ring.Current, grain, owner, number, view);
                if (judged != PlacementAnswer.TooEarly)
                    return judged;
                if (_early.Count >= MostEarly)
                    return PlacementAnswer.Refused;
                _early.Add(new(connection, grain, number, view, state));
                return PlacementAnswer.TooEarly;
            }
        });
        if (answer == PlacementAnswer.TooEarly)
            return;
        LogTold(grain, owner, number, answer);
        Answer(connection, grain, number, isThere: answer == PlacementAnswer.Taken);
    }

    public void NoteHosted() => Interlocked.Increment(ref _hostedCount);

    private void SendPlace(GrainId grain, Redirect redirect, long view, byte[] state)
    {
        LogPlacing(grain, redirect.Host!, redirect.Number);
        if (ConnectionTo(redirect.Host!) is not { } connection)
        {
            // The state is lost with the message, and the grain reads what is stored. The placement is settled when a connection is open.
            _connections.FindLink(redirect.Host!)?.Connect();
            return;
        }

        using var writer = PayloadWriter.Rent(_connections.Codecs);
        PlacementFrame.WritePlace(writer, grain, redirect.Number, view, state);
        connection.SendControl(writer.Written);
    }

    private void Answer(Connection connection, GrainId grain, long number, bool isThere)
    {
        using var writer = PayloadWriter.Rent(_connections.Codecs);
        if (isThere)
            PlacementFrame.WritePlaced(writer, grain, number);
        else
            PlacementFrame.WriteUnplaced(writer, grain, number);
        connection.SendControl(writer.Written);
    }
}
