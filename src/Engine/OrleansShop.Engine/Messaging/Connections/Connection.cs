using System.Collections.Concurrent;
using System.Net;
using Orleans.Runtime;
using OrleansShop.Engine.Messaging.Frames;
using OrleansShop.Engine.Messaging.Transport;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Messaging.Connections;

/// <summary>One connection: its hello, the numbers that stand for names on it, and how many requests are under way.</summary>
internal sealed class Connection : IFrameReceiver
{
    private const int MostNames = 65_536;

    // Up to this many requests under way, a frame leaves at once; above, the next flush carries it with its neighbours.
    private const int FewRequests = 2;

    private readonly IFrameChannel _channel;
    private readonly IConnectionOwner _owner;
    private readonly int _maxFrameBytes;
    private readonly TaskCompletionSource<Hello> _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _peerSentLast = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<IdSpan, uint> _numbers = new();

    // Held while a number is given out and told to the peer, so that no frame uses a number before the peer knows it.
    private readonly Lock _naming = new();

    // Names by number. Only the receive loop, which is one, touches it.
    private readonly List<IdSpan> _names = [default];
    private int _underWay;
    private volatile bool _leaving;
    private volatile bool _isSuspected;
    private volatile bool _isPeerLeaving;

    // Counted by the receive loop, which is one.
    private int _framesReceived;

    // Only whoever looks after all connections touches it.
    private Silence _silence;

    public Connection(IFrameChannel channel, IConnectionOwner owner, IPEndPoint? dialedAt, bool isGateway, int maxFrameBytes)
    {
        _channel = channel;
        _owner = owner;
        _maxFrameBytes = maxFrameBytes;
        DialedAt = dialedAt;
        IsGateway = isGateway;
    }

    /// <summary>Tells it from the other connections of this process.</summary>
    public long Number { get; init; }

    /// <summary>Where this process opened it; null if the other end did.</summary>
    public IPEndPoint? DialedAt { get; }

    /// <summary>Whether this process opened it.</summary>
    public bool IsDialed => DialedAt is not null;

    /// <summary>Whether it came in, or went out, at a port for clients.</summary>
    public bool IsGateway { get; }

    /// <summary>The other end, for logs.</summary>
    public string Remote => _channel.Remote;

    /// <summary>Who is at the other end; null until it said so.</summary>
    public Hello? Peer { get; private set; }

    /// <summary>The other end as the place where answers go. Only the receive loop makes it.</summary>
    public RemoteCaller? Caller { get; set; }

    /// <summary>Completes with the other end's hello; fails if the connection closes before it.</summary>
    public Task<Hello> Greeted => _greeted.Task;

    /// <summary>Completes when the connection is closed and its last frame is handled.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Completes when the other end sends no more requests on it, or when it is closed.</summary>
    public Task PeerSentLast => _peerSentLast.Task;

    /// <summary>Whether requests may still be sent on it.</summary>
    public bool IsOpen => !_leaving && !_ended.Task.IsCompleted;

    /// <summary>Whether it has been silent for so long that new requests wait until something comes on it, or the other end is dead.</summary>
    public bool IsSuspected => _isSuspected;

    /// <summary>Whether the other end has said that it leaves.</summary>
    public bool IsPeerLeaving => _isPeerLeaving;

    /// <summary>Requests sent or received here whose responses are still to come.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    int IFrameReceiver.MaxFrameBytes => Peer is null ? Hello.MaxBytes : _maxFrameBytes;

    public void Start() => _channel.Start(this);

    /// <summary>Sends a request, or refuses it when too much waits already or the other end leaves.</summary>
    public SendOutcome SendRequest(ReadOnlySpan<byte> frame, bool expectsAnswer)
    {
        if (_leaving)
            return SendOutcome.Closed;
        var underWay = expectsAnswer ? Interlocked.Increment(ref _underWay) : Volatile.Read(ref _underWay) + 1;
        var outcome = _channel.Send(frame, Urgency(underWay), isLimited: true);
        if (outcome != SendOutcome.Taken && expectsAnswer)
            EndRequest();

        // The end of the connection is on its way to the owner; until then nobody should choose it again.
        if (outcome == SendOutcome.Closed)
            _leaving = true;
        return outcome;
    }

    /// <summary>Sends a response.</summary>
    public SendOutcome SendResponse(ReadOnlySpan<byte> frame) => _channel.Send(frame, Urgency(Interlocked.Decrement(ref _underWay) + 1), isLimited: false);

    /// <summary>Sends any other frame.</summary>
    public SendOutcome SendControl(ReadOnlySpan<byte> frame) => _channel.Send(frame, SendUrgency.Now, isLimited: false);

    /// <summary>A request that came in will be answered here.</summary>
    public void BeginAnswer() => Interlocked.Increment(ref _underWay);

    /// <summary>A request that was sent here has its response, or never gets one.</summary>
    public void EndRequest() => Interlocked.Decrement(ref _underWay);

    /// <summary>The number that stands for a name in the frames sent after this call.</summary>
    /// <remarks>Hot path: one dictionary read.</remarks>
    public uint NumberOf(IdSpan name) => _numbers.TryGetValue(name, out var number) ? number : Define(name);

    /// <summary>The name that the other end numbered so.</summary>
    /// <exception cref="FrameException">It did not.</exception>
    public IdSpan NameOf(ulong number) => number > 0 && number < (ulong)_names.Count
        ? _names[(int)number]
        : throw new FrameException($"A frame uses name number {number}, which was not defined on this connection.");

    /// <summary>Looks whether anything has come since the last look, and asks the other end if not. True if it has come under suspicion by this look.</summary>
    /// <param name="isLate">Whether this look comes later than it should.</param>
    public bool LookForSilence(bool isLate)
    {
        _silence = _silence.Look(Volatile.Read(ref _framesReceived), isLate);
        if (_silence.IsHopeless)
            Close(new TimeoutException("Nothing comes on it, and questions are not answered."));
        else if (_silence.IsToProbe)
            SendControl([(byte)FrameKind.Probe]);
        if (_isSuspected || !_silence.IsSuspicious)
            return false;
        _isSuspected = true;
        return true;
    }

    /// <summary>Takes no more requests to send, because the other end leaves, and tells it so.</summary>
    public void AgreeToLeave()
    {
        _isPeerLeaving = true;
        _leaving = true;
        SendControl([(byte)FrameKind.LeavingSeen]);
    }

    /// <summary>The other end sends no more requests.</summary>
    public void NotePeerSentLast() => _peerSentLast.TrySetResult();

    /// <summary>Closes it: after what was sent has gone out, or at once if there is a cause.</summary>
    public void Close(Exception? cause = null) => _channel.Close(cause);

    void IFrameReceiver.Received(byte[] buffer, int offset, int length)
    {
        if (length == 0)
            throw new FrameException("A frame is empty.");

        var kind = (FrameKind)buffer[offset];
        _framesReceived++;
        if (_isSuspected)
            Clear();
        if (Peer is null)
            Greet(buffer.AsSpan(offset, length));
        else if (kind == FrameKind.Define)
            Learn(buffer.AsSpan(offset + 1, length - 1));
        else
            _owner.Received(this, kind, buffer, offset + 1, length - 1);
    }

    void IFrameReceiver.Closed(Exception? cause)
    {
        _leaving = true;
        _greeted.TrySetException(cause ?? new IOException($"{Remote} closed the connection during the hello: it is of another cluster or version, or refuses this role. Its log says which."));
        _ = _greeted.Task.Exception;
        _peerSentLast.TrySetResult();
        _ended.TrySetResult();
        _owner.Closed(this, cause);
    }

    private void Clear()
    {
        _isSuspected = false;
        _owner.Cleared(this);
    }

    private static SendUrgency Urgency(int underWay) => underWay <= FewRequests ? SendUrgency.Now : SendUrgency.Batch;

    private void Greet(ReadOnlySpan<byte> frame)
    {
        var hello = Hello.Read(frame);
        _owner.Greeted(this, hello);
        Peer = hello;
        _greeted.TrySetResult(hello);
        _owner.Opened(this);
    }

    private void Learn(ReadOnlySpan<byte> frame)
    {
        var reader = new FrameReader(frame);
        var number = reader.VarInt();
        if (number != (ulong)_names.Count || number >= MostNames)
            throw new FrameException($"Name number {number} is defined where {_names.Count} was to come.");
        _names.Add(new IdSpan(reader.Bytes(reader.Left).ToArray()));
    }

    private uint Define(IdSpan name)
    {
        lock (_naming)
        {
            if (_numbers.TryGetValue(name, out var number))
                return number;

            number = (uint)_numbers.Count + 1;
            if (number >= MostNames)
                throw new InvalidOperationException($"More than {MostNames} names of grain types and interfaces were used on one connection.");
            using var writer = PayloadWriter.Rent(_owner.Codecs);
            writer.Kind(FrameKind.Define);
            writer.WriteRawVarInt(number);
            writer.WriteRaw(name.AsSpan());
            SendControl(writer.Written);
            _numbers[name] = number;
            return number;
        }
    }
}
