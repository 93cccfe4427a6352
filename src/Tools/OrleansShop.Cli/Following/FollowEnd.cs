namespace OrleansShop.Cli.Following;

/// <summary>Why the following of something that runs in the services has ended.</summary>
internal enum FollowEnd
{
    /// <summary>It is over.</summary>
    Over,

    /// <summary>It stands still until an operator lets it go on.</summary>
    Paused,

    /// <summary>Another order was given meanwhile.</summary>
    Overtaken,

    /// <summary>It took longer than the caller would wait.</summary>
    TimedOut,

    /// <summary>The caller has stopped waiting, by Ctrl-C or a signal.</summary>
    Stopped,

    /// <summary>The gateway does not answer any more.</summary>
    Lost,
}
