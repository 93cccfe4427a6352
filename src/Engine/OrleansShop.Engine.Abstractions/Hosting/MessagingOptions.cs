namespace Orleans.Configuration;

/// <summary>How calls are sent, in silos and clients alike.</summary>
public abstract class MessagingOptions
{
    /// <summary>How long a caller waits for an answer, unless the method or interface says otherwise. Default: 30 s.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The same while a debugger is attached. Default: 30 min.</summary>
    public TimeSpan ResponseTimeoutWithDebugger { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Whether a call whose caller no longer waits is dropped instead of executed. Default: true.</summary>
    public bool DropExpiredMessages { get; set; } = true;

    /// <summary>The most bytes that a message header may have; a longer one closes the connection. Default: 10 MiB.</summary>
    public int MaxMessageHeaderSize { get; set; } = 10 * 1024 * 1024;

    /// <summary>The most bytes that a message body may have; a longer one fails its call. Default: 100 MiB.</summary>
    public int MaxMessageBodySize { get; set; } = 100 * 1024 * 1024;

    /// <summary>Whether the callee is told that its caller no longer waits, through the cancellation token. Default: false.</summary>
    public bool CancelRequestOnTimeout { get; set; }

    /// <summary>Whether a callee that reports a call nobody here knows is told to cancel it. Default: false.</summary>
    public bool CancelUnknownRequestOnStatusUpdate { get; set; }

    /// <summary>Whether a cancelled call ends only once the callee has confirmed it. Default: false, it ends at once.</summary>
    public bool WaitForCancellationAcknowledgement { get; set; }
}
