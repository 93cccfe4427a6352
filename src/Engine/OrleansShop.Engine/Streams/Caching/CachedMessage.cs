using Orleans.Streams;

namespace OrleansShop.Engine.Streams.Caching;

/// <summary>A message in a cache, or the place before a stream's first one.</summary>
/// <param name="batch">The message; null for the place before the first.</param>
/// <param name="stream">Its stream.</param>
internal sealed class CachedMessage(IBatchContainer? batch, CachedStream stream)
{
    public IBatchContainer? Batch => batch;

    public CachedStream Stream => stream;

    /// <summary>The next one of the stream; null until there is one. Also known of messages that are not in the cache any more.</summary>
    public CachedMessage? Next;

    /// <summary>How many cursors have it before them.</summary>
    public int Waiting;

    /// <summary>Whether a purge has told that it is delivered.</summary>
    public bool IsReported;

    /// <summary>Its place among the delivered ones; null if it is not one of them.</summary>
    public LinkedListNode<CachedMessage>? Place;
}
