namespace OrleansShop.Engine.Messaging.Transport;

/// <summary>One end of a connection inside the process. A flush copies the pending bytes into the other end's receive buffer.</summary>
internal sealed class MemoryChannel(string remote, int maxPendingBytes) : IFrameChannel, IThreadPoolWorkItem
{
    private readonly PendingFrames _pending = new(maxPendingBytes);
    private readonly FrameBuffer _received = new();

    // Guards the receive buffer and the end of the connection: frames arrive one at a time, and none after the end.
    private readonly Lock _receiving = new();
    private readonly TaskCompletionSource<IFrameReceiver> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ended;

    public string Remote { get; } = remote;

    public MemoryChannel Peer { get; set; } = null!;

    public void Start(IFrameReceiver receiver) => _started.TrySetResult(receiver);

    public SendOutcome Send(ReadOnlySpan<byte> frame, SendUrgency urgency, bool isLimited)
    {
        // The receiver runs on a thread of its own, as behind a socket: it may call back into whoever sends.
        var outcome = _pending.Append(frame, isLimited, out var mustFlush);
        if (mustFlush)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        if (outcome == SendOutcome.Full && !isLimited)
            Close(new IOException($"{Remote} does not read what it is sent."));
        return outcome;
    }

    public void Close(Exception? cause)
    {
        if (cause is null && !_pending.CloseAfterFlush())
            return;
        _pending.Abandon();
        _ = End(cause);
        _ = Peer.End(cause: null);
    }

    void IThreadPoolWorkItem.Execute() => _ = Flush();

    private async Task Flush()
    {
        var receiver = await Peer._started.Task;
        bool closeNow;
        while (_pending.TakeAll(out var bytes, out closeNow))
            Peer.Deliver(bytes.Span, receiver);
        if (closeNow)
            Close(cause: null);
    }

    private void Deliver(ReadOnlySpan<byte> bytes, IFrameReceiver receiver)
    {
        Exception cause;
        lock (_receiving)
        {
            if (_ended)
                return;
            try
            {
                _received.Append(bytes);
                _received.Deliver(0, receiver);
                return;
            }
#pragma warning disable CA1031 // Whatever a frame does wrong ends its connection, and is reported with it.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                cause = failure;
            }
        }

        Close(cause);
    }

    private async Task End(Exception? cause)
    {
        _pending.Abandon();
        var receiver = await _started.Task;
        await Task.Yield();
        lock (_receiving)
        {
            if (_ended)
                return;
            _ended = true;
            _received.Release();
        }

        receiver.Closed(cause);
    }
}
