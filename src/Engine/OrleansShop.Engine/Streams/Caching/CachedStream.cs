using Orleans.Runtime;
using Orleans.Streams;

namespace OrleansShop.Engine.Streams.Caching;

/// <summary>The messages of one stream in a cache, oldest first.</summary>
internal sealed class CachedStream
{
    public CachedStream(StreamId id)
    {
        Id = id;
        Newest = BeforeOldest = new CachedMessage(batch: null, this);
    }

    public StreamId Id { get; }

    /// <summary>The message before the oldest that is kept.</summary>
    public CachedMessage BeforeOldest;

    /// <summary>Where the next message is linked to.</summary>
    public CachedMessage Newest;

    /// <summary>How many messages are kept.</summary>
    public int Kept;

    /// <summary>How many cursors there are.</summary>
    public int Cursors;

    /// <summary>The newest that was let go; null if none was.</summary>
    public StreamSequenceToken? NewestGone;
}
