using OrleansShop.Engine.Messaging.Transport;
using OrleansShop.Engine.Simulation.Processes;

namespace OrleansShop.Engine.Simulation.Network;

/// <summary>One end of a connection, and the way from it to the other end.</summary>
/// <remarks>
/// Frames wait where the way is cut, as TCP repeats what is not confirmed. An end that closes with a cause tells the other by a reset, which may overtake frames: they are lost. Where the
/// reset does not get through, the other end does not know, until it sends something to a host that answers that it knows of no such connection.
/// </remarks>
internal sealed class SimulatedChannel : IFrameChannel
{
    private readonly SimulatedNetwork _network;
    private readonly Random _random;

    // What is on its way from here, and what has arrived here and is not handled. Null is the end of what the other end sends.
    private readonly Queue<byte[]?> _onItsWay = [];
    private readonly Queue<byte[]?> _arrived = [];
    private IFrameReceiver? _receiver;
    private Action? _endedBeforeStart;
    private TimeSpan _lastArrival;
    private int _due;
    private bool _hasSentLast;

    public SimulatedChannel(SimulatedNetwork network, SimulatedProcess process, Random random, long number)
    {
        _network = network;
        _random = random;
        Process = process;
        Number = number;
        process.Died += OwnerDied;
    }

    public long Number { get; }

    public SimulatedProcess Process { get; }

    public SimulatedChannel Peer { get; set; } = null!;

    public string Remote => $"{Peer.Process.Name} #{Number}";

    public bool HasEnded { get; private set; }

    public void Start(IFrameReceiver receiver)
    {
        _receiver = receiver;
        if (_endedBeforeStart is { } ended)
        {
            _network.Time.After(TimeSpan.Zero, () => Process.Receive(ended));
            return;
        }

        for (var i = 0; i < _arrived.Count; i++)
            _network.Time.After(TimeSpan.Zero, () => Process.Receive(TakeNext));
    }

    public SendOutcome Send(ReadOnlySpan<byte> frame, SendUrgency urgency, bool isLimited)
    {
        if (HasEnded || _hasSentLast)
            return SendOutcome.Closed;
        var copy = frame.ToArray();
        Process.Emit(() => Leave(copy));
        return SendOutcome.Taken;
    }

    public void Close(Exception? cause)
    {
        if (HasEnded)
            return;
        if (cause is not null)
        {
            End(cause);
            Process.Emit(SendReset);
        }
        else if (!_hasSentLast)
        {
            _hasSentLast = true;
            Process.Emit(() => Leave(null));
        }
    }

    /// <summary>The connection breaks here, and at the other end too, then or when that sends something; what was on its way is lost.</summary>
    public void Break(TimeSpan otherEndAfter)
    {
        _onItsWay.Clear();
        Process.Receive(Reset);
        _network.Time.After(otherEndAfter, () => Peer.Process.Receive(Peer.Reset));
    }

    /// <summary>The way is open again: what waits arrives.</summary>
    public void Resume()
    {
        while (_due < _onItsWay.Count)
            ScheduleArrival();
    }

    private void Leave(byte[]? frame)
    {
        if (HasEnded)
            return;
        _onItsWay.Enqueue(frame);
        ScheduleArrival();
    }

    private void ScheduleArrival()
    {
        var at = _network.Time.Now + _network.Latency(_random);
        _lastArrival = at > _lastArrival ? at : _lastArrival;
        _due++;
        _network.Time.At(_lastArrival, Arrive);
    }

    private void Arrive()
    {
        _due--;

        // Where it waits, it comes when the way is open again.
        if (_onItsWay.Count == 0 || _network.IsCut(Process.Address, Peer.Process.Address))
            return;
        var frame = _onItsWay.Dequeue();
        if (Peer.Process.IsDead || Peer.HasEnded)
        {
            Peer.SendReset();
            return;
        }

        Peer._arrived.Enqueue(frame);
        if (Peer._receiver is not null)
            Peer.Process.Receive(Peer.TakeNext);
    }

    private void TakeNext()
    {
        if (HasEnded || !_arrived.TryDequeue(out var frame))
            return;
        if (frame is null)
        {
            Close(cause: null);
            End(cause: null);
            return;
        }

        try
        {
            if (frame.Length > _receiver!.MaxFrameBytes)
                throw new FrameTooLongException(frame.Length, _receiver.MaxFrameBytes);
            _receiver.Received(frame, 0, frame.Length);
        }
#pragma warning disable CA1031 // Whatever a frame does wrong ends its connection, and is reported with it.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            Close(cause);
        }
    }

    // By the host, which may outlive the process. It overtakes what is on its way, or comes after it.
    private void SendReset()
    {
        if (_network.IsCut(Process.Address, Peer.Process.Address))
            return;
        var at = _network.Time.Now + _network.Latency(_random);
        if (_random.Next(2) == 0 && _lastArrival > at)
            at = _lastArrival;
        _network.Time.At(at, () =>
        {
            if (!_network.IsCut(Process.Address, Peer.Process.Address))
                Peer.Process.Receive(Peer.Reset);
        });
    }

    private void Reset() => End(new IOException($"{Remote} has reset the connection."));

    private void End(Exception? cause)
    {
        if (HasEnded)
            return;
        HasEnded = true;
        _arrived.Clear();
        _network.Forget(this);
        var ended = () => _receiver!.Closed(cause);
        if (_receiver is null)
            _endedBeforeStart = ended;
        else
            _network.Time.After(TimeSpan.Zero, () => Process.Receive(ended));
    }

    // Its host tells the other end, unless it is gone too.
    private void OwnerDied()
    {
        if (HasEnded)
            return;
        HasEnded = true;
        _network.Forget(this);
        SendReset();
    }
}
