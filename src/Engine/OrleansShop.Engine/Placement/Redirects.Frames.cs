using Orleans.Runtime;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Messaging.Frames;
using OrleansShop.Engine.Placement.Protocol;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Placement;

/// <summary>What owners and hosts say to each other.</summary>
internal sealed partial class Redirects
{
    public void PlaceWanted(SiloAddress owner, GrainId grain, long number, long view, byte[] state) => Take(owner, grain, number, view, state);

    public void Answered(SiloAddress host, GrainId grain, long number, bool isThere)
    {
        lock (_gate)
        {
            var known = _table.Find(grain);
            var isNews = isThere ? _table.Confirm(grain, number, host) : host.Equals(known?.Host) && _table.Drop(grain, number);
            if (!isNews)
                return;

            // A refusal in the view that this silo is still at would come again at once: the next look at what waits is soon enough.
            if (!isThere && known is { Stage: < RedirectStage.Placed } && known.View == _ring.Current.View.Version)
                return;
        }

        if (_router.WaitingCalls > 0)
            _router.Retry();
    }

    public void SettleWanted(SiloAddress owner, long floor, IReadOnlyList<(GrainId Grain, long Number)> placements)
    {
        lock (_gate)
            _hosted.Raise(owner, floor);
        foreach (var (grain, number) in placements)
            Answer(owner, grain, number, isThere: _catalog.Find(grain)?.Redirection is { } redirection && redirection.Number == number && redirection.Owner.Equals(owner));
    }

    public void HandedOver(SiloAddress previous, GrainId grain, long view, byte[] state) =>
        LogHandedOver(grain, previous, view, state.Length, _catalog.WhileNothingIsMade(() => _handedOver.Offer(grain, view, state, _ring.Current)));

    /// <summary>Hands a call to the activation that its owner has placed here. False if that is gone; the owner is told.</summary>
    public bool TryDeliver(GrainCall call, long number, SiloAddress owner)
    {
        if (_catalog.Find(call.TargetId) is { } activation)
        {
            // The router sees to it that an activation goes whose class does not answer the caller's version.
            if (call.Is(CallFlags.Misfit))
                return false;
            if (activation.TryEnqueue(call))
                return true;
        }

        Answer(owner, call.TargetId, number, isThere: false);
        return false;
    }

    private void Take(SiloAddress owner, GrainId grain, long number, long view, byte[] state)
    {
        var answer = _catalog.TryHost(grain, new Redirection(owner, number), state, () =>
        {
            lock (_gate)
            {
                var judged = _hosted.Judge(_ring.Current, grain, owner, number, view);
                if (judged != PlacementAnswer.TooEarly)
                    return judged;
                if (_early.Count >= MostEarly)
                    return PlacementAnswer.Refused;
                _early.Add(new(owner, grain, number, view, state));
                return PlacementAnswer.TooEarly;
            }
        });
        if (answer == PlacementAnswer.TooEarly)
            return;
        LogTold(grain, owner, number, answer);
        Answer(owner, grain, number, isThere: answer == PlacementAnswer.Taken);
    }

    public void NoteHosted() => Interlocked.Increment(ref _hostedCount);

    private void SendPlace(GrainId grain, Redirect redirect, long view, byte[] state)
    {
        var host = redirect.Host!;
        LogPlacing(grain, host, redirect.Number);
        var connection = ConnectionTo(host);
        if (connection is not null)
        {
            using var writer = PayloadWriter.Rent(_connections.Codecs);
            PlacementFrame.WritePlace(writer, grain, redirect.Number, view, state);
            connection.SendControl(writer.Written);
        }
        else
        {
            // The state is lost with the message, and the grain reads what is stored. The placement is settled when a connection is open.
            _connections.FindLink(host)?.Connect();
        }

        lock (_gate)
            _table.NoteAsked(grain, redirect.Number);

        // A connection that came in between was not told of this placement.
        if (ConnectionTo(host) is { } current && !ReferenceEquals(current, connection))
            Settle(current);
    }

    // On the way that this silo's calls take, not back on the connection that the question came by: there may be two, and the owner has to hear
    // that a grain is gone after what the grain hands over, and before the calls that are routed anew. Without a way the next one settles it.
    private void Answer(SiloAddress owner, GrainId grain, long number, bool isThere)
    {
        if (ConnectionTo(owner) is not { } connection)
            return;
        using var writer = PayloadWriter.Rent(_connections.Codecs);
        if (isThere)
            PlacementFrame.WritePlaced(writer, grain, number);
        else
            PlacementFrame.WriteUnplaced(writer, grain, number);
        connection.SendControl(writer.Written);
    }
}
