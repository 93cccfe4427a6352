using Orleans.Streams;
using OrleansShop.Engine.Streams.Caching;

namespace Orleans.Providers.Streams.Common;

/// <summary>A place in a stream of a <see cref="SimpleQueueCache"/>.</summary>
public class SimpleQueueCacheCursor : IQueueCacheCursor
{
    private readonly SimpleQueueCache _cache;
    private readonly CachedStream _stream;
    private CachedMessage _before;
    private CachedMessage? _current;
    private bool _isDisposed;

    internal SimpleQueueCacheCursor(SimpleQueueCache cache, CachedStream stream, CachedMessage before)
    {
        _cache = cache;
        _stream = stream;
        _before = before;
    }

    /// <inheritdoc/>
    public virtual IBatchContainer? GetCurrent(out Exception? exception)
    {
        exception = null;
        return _current?.Batch;
    }

    /// <inheritdoc/>
    public virtual bool MoveNext()
    {
        if (_isDisposed)
            return false;
        if (_current is { } passed)
        {
            _before = passed;
            _current = null;
            _cache.Pass(passed);
        }

        _current = _before.Next;
        return _current is not null;
    }

    /// <inheritdoc/>
    public virtual void Refresh(StreamSequenceToken? token)
    {
        // The next message is linked to the one that was passed last: there is nothing to look for.
    }

    /// <inheritdoc/>
    public void RecordDeliveryFailure()
    {
        // The agent tries again and reports what it gives up; the cache treats both as done with.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the cursor has before it.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (_isDisposed || !disposing)
            return;
        _isDisposed = true;
        _current = null;
        _cache.Leave(_stream, _before);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{_stream.Id} at {_current?.Batch?.SequenceToken?.ToString() ?? "the end"}";
}
