using Orleans.Runtime;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Calls;

/// <summary>The cursors of one activation. Used in its turns only.</summary>
/// <param name="time">The time.</param>
/// <param name="nextId">Gives ids that no cursor had before, here or on another silo: a reader must never pull somebody else's sequence after its grain moved.</param>
/// <param name="responseTimeout">How long a caller waits for an answer; a pull waits half as long, and a cursor that is idle for as long is closed.</param>
internal sealed class SequenceTable(TimeProvider time, Func<long> nextId, TimeSpan responseTimeout)
{
    private readonly Dictionary<long, ISequenceCursor> _cursors = [];

    public TimeProvider Time => time;

    public int Count => _cursors.Count;

    public long NowMs => (long)time.GetElapsedTime(0).TotalMilliseconds;

    public SequenceCursor<TItem> Open<TItem>(GrainMethod method, Codec<TItem> codec)
    {
        var id = nextId();
        var timeout = method.ResponseTimeout is { } own && own < responseTimeout ? own : responseTimeout;
        var cursor = new SequenceCursor<TItem>(this, id, codec, timeout / 2);
        _cursors.Add(id, cursor);
        return cursor;
    }

    /// <exception cref="EnumerationAbortedException">There is no such cursor (any more).</exception>
    public ISequenceCursor Find(long id) => _cursors.TryGetValue(id, out var cursor)
        ? cursor
        : throw new EnumerationAbortedException(
            $"The grain no longer knows this enumeration: it was not read for {responseTimeout}, or the grain was deactivated. Start a new one.");

    public ValueTask CloseAsync(long id) => _cursors.Remove(id, out var cursor) ? cursor.CloseAsync() : ValueTask.CompletedTask;

    /// <summary>Closes the cursors that nobody has pulled for the response timeout.</summary>
    public async Task CloseIdleAsync()
    {
        var oldest = NowMs - (long)responseTimeout.TotalMilliseconds;
        foreach (var (id, cursor) in _cursors.ToArray())
        {
            if (cursor.LastUsedMs < oldest) await CloseAsync(id);
        }
    }

    public async Task CloseAllAsync()
    {
        foreach (var id in _cursors.Keys.ToArray()) await CloseAsync(id);
    }
}
