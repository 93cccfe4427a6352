namespace OrleansShop.Engine.Calls;

/// <summary>What has been decided about, or has happened to, one call.</summary>
[Flags]
internal enum CallFlags : ushort
{
    None = 0,

    /// <summary>Nobody waits for the answer.</summary>
    OneWay = 1,

    /// <summary>May run beside other read-only requests.</summary>
    ReadOnly = 2,

    /// <summary>May run beside any request.</summary>
    AlwaysInterleave = 4,

    /// <summary>The arguments are the callee's own already, by copy or because they came from the wire.</summary>
    Isolated = 8,

    /// <summary>Made by the engine itself (timer ticks, stream pulls): no filters, no application metrics.</summary>
    System = 16,

    /// <summary>Must not be sent on when its activation goes away: it was meant for that one activation.</summary>
    Bound = 32,

    /// <summary>The caller has given up (cancelled or timed out): not to be started any more.</summary>
    Abandoned = 64,

    /// <summary>It came from another process and says there that it can be cancelled.</summary>
    Cancellable = 128,

    /// <summary>Keeps its activation from being collected as idle.</summary>
    KeepsAlive = 256,

    /// <summary>Served by the activation itself instead of its grain object.</summary>
    ForRunner = 512,

    /// <summary>The callee has ended it in the usual way and does not know it any more.</summary>
    LetGo = 1024,

    /// <summary>Somebody may look at it after its end: the object is not used for another call.</summary>
    Kept = 2048,

    /// <summary>No call at all: the object rests in its pool.</summary>
    Resting = 4096,

    /// <summary>It came from another process, whose version of the interface the grain class in this process does not answer: not to be run here.</summary>
    Misfit = 8192,

    /// <summary>It opens a sequence, and its caller says how many items a batch has: see <see cref="ISizedBatches"/>.</summary>
    SizedBatches = 16384,
}
