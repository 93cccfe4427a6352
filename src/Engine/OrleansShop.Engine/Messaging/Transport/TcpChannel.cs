using System.Net.Sockets;

namespace OrleansShop.Engine.Messaging.Transport;

/// <summary>A TCP connection that carries frames: one flush at a time, one receive loop.</summary>
internal sealed class TcpChannel : IFrameChannel, IThreadPoolWorkItem
{
    // A peer that has ended its side and takes nothing more is not waited for longer than this.
    private static readonly TimeSpan LastBytesTimeout = TimeSpan.FromSeconds(2);

    private readonly Socket _socket;
    private readonly PendingFrames _pending;
    private readonly TaskCompletionSource _sentLast = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IFrameReceiver? _receiver;
    private Exception? _cause;
    private int _closed;

    public TcpChannel(Socket socket, int maxPendingBytes)
    {
        _socket = socket;
        _pending = new PendingFrames(maxPendingBytes);
        Remote = socket.RemoteEndPoint?.ToString() ?? "unknown";
        if (socket.AddressFamily == AddressFamily.Unix)
            return;
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, optionValue: true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, optionValue: 30);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, optionValue: 5);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, optionValue: 3);
    }

    public string Remote { get; }

    public void Start(IFrameReceiver receiver)
    {
        _receiver = receiver;
        _ = ReceiveLoop(receiver);
    }

    /// <remarks>Hot path: no allocation; a system call on the caller's thread only with <see cref="SendUrgency.Now"/>.</remarks>
    public SendOutcome Send(ReadOnlySpan<byte> frame, SendUrgency urgency, bool isLimited)
    {
        var outcome = _pending.Append(frame, isLimited, out var mustFlush);
        if (mustFlush)
        {
            if (urgency == SendUrgency.Now)
                _ = Flush();
            else
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        if (outcome == SendOutcome.Full && !isLimited)
            Close(new IOException($"{Remote} does not read what it is sent."));
        return outcome;
    }

    public void Close(Exception? cause)
    {
        if (cause is not null)
            Break(cause);
        else if (_pending.CloseAfterFlush())
            EndSending();
    }

    void IThreadPoolWorkItem.Execute() => _ = Flush();

    private async Task Flush()
    {
        try
        {
            bool closeNow;
            while (_pending.TakeAll(out var bytes, out closeNow))
                await _socket.SendAsync(bytes, SocketFlags.None);
            if (closeNow)
                EndSending();
        }
        catch (Exception cause) when (cause is SocketException or ObjectDisposedException)
        {
            Break(cause);
        }
    }

    private async Task ReceiveLoop(IFrameReceiver receiver)
    {
        Exception? cause = null;
        var received = new FrameBuffer();
        try
        {
            while (await _socket.ReceiveAsync(received.Free, SocketFlags.None) is var count and > 0)
                received.Deliver(count, receiver);
        }
#pragma warning disable CA1031 // Whatever a frame does wrong ends its connection, and is reported with it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            cause = failure;
        }

        received.Release();
        if (cause is null)
            await FinishSending();
        Break(cause);
        receiver.Closed(_cause);
    }

    // Disposing a socket at once would throw away bytes on their way, in both directions. So each side says that it has sent its last
    // byte, and the socket goes when both have said so.
    private void EndSending()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The other side has broken it off: there is nothing left to end.
        }

        _sentLast.TrySetResult();
    }

    private async Task FinishSending()
    {
        Close(cause: null);
        await _sentLast.Task.WaitAsync(LastBytesTimeout, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Break(Exception? cause)
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        _cause = cause;
        _pending.Abandon();
        _sentLast.TrySetResult();
        _socket.Dispose();
    }
}
