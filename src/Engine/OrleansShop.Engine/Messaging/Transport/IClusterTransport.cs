using System.Net;

namespace OrleansShop.Engine.Messaging.Transport;

/// <summary>
/// The seam below messages: opens connections that carry frames, which are byte sequences kept whole and in order.
/// TCP between processes, memory inside one; everything above is the same code.
/// </summary>
internal interface IClusterTransport
{
    /// <summary>Accepts connections at <paramref name="endpoint"/> until the listener is disposed. Port 0 takes a free port.</summary>
    /// <exception cref="IOException">The endpoint cannot be listened on; the message names it.</exception>
    ValueTask<ITransportListener> ListenAsync(IPEndPoint endpoint, Action<IFrameChannel> accepted, CancellationToken cancellationToken);

    /// <summary>Opens a connection.</summary>
    /// <exception cref="ConnectionRefusedException">Nothing listens there.</exception>
    /// <exception cref="IOException">The endpoint cannot be reached.</exception>
    ValueTask<IFrameChannel> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken);
}

/// <summary>An open listener; disposing it ends accepting, not the connections that it accepted.</summary>
internal interface ITransportListener : IAsyncDisposable
{
    /// <summary>Where it listens, with the port that was taken.</summary>
    IPEndPoint Endpoint { get; }
}

/// <summary>One connection. Sending is thread-safe; frames arrive one at a time.</summary>
internal interface IFrameChannel
{
    /// <summary>The other end, for logs.</summary>
    string Remote { get; }

    /// <summary>Begins to deliver frames. Called once; before it nothing is read.</summary>
    void Start(IFrameReceiver receiver);

    /// <summary>
    /// Takes a copy of <paramref name="frame"/> to send it after the frames taken before. A frame that is taken is sent
    /// unless the connection breaks, and then <see cref="IFrameReceiver.Closed"/> follows. A frame that is not limited is refused only
    /// when several times the limit wait: the other end has stopped reading, and the connection is closed.
    /// </summary>
    SendOutcome Send(ReadOnlySpan<byte> frame, SendUrgency urgency, bool isLimited);

    /// <summary>Closes the connection after the frames taken so far went out, or at once if <paramref name="cause"/> is given.</summary>
    void Close(Exception? cause);
}

/// <summary>Gets what arrives on a connection.</summary>
internal interface IFrameReceiver
{
    /// <summary>The longest frame that is accepted now; a longer one closes the connection.</summary>
    int MaxFrameBytes { get; }

    /// <summary>
    /// Handles one frame. The bytes belong to the connection and are overwritten after the return. Must neither block nor throw:
    /// what it throws closes the connection.
    /// </summary>
    void Received(byte[] buffer, int offset, int length);

    /// <summary>The connection is gone; called once, after the last frame. <paramref name="cause"/> is null for an orderly end.</summary>
    void Closed(Exception? cause);
}

/// <summary>How soon a frame should leave.</summary>
internal enum SendUrgency
{
    /// <summary>Few calls are in flight: a frame leaves on the sender's thread, for the lowest latency.</summary>
    Now,

    /// <summary>Many calls are in flight: a frame waits for its neighbours, so that one system call carries them all.</summary>
    Batch,
}

/// <summary>What became of a frame given to a connection.</summary>
internal enum SendOutcome
{
    /// <summary>Taken.</summary>
    Taken,

    /// <summary>Not taken: more bytes wait to be sent than the connection's limit allows.</summary>
    Full,

    /// <summary>Not taken: the connection is closed.</summary>
    Closed,
}
