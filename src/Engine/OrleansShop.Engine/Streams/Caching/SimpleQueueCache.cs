using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Streams;
using OrleansShop.Engine.Streams.Caching;

namespace Orleans.Providers.Streams.Common;

/// <summary>
/// A queue cache that keeps messages in memory, each stream's for itself: a slow stream holds up no other. What is delivered stays
/// as long as there is room, for subscriptions that go back.
/// </summary>
/// <remarks>
/// Each message counts the cursors that have it before them. At zero it is delivered: reported by the next purge, and from then on the first to
/// make room. Moving a cursor costs the same whatever is in the cache; a cursor that begins in the past costs a step for each message from there on.
/// </remarks>
public class SimpleQueueCache : IQueueCache
{
    private readonly int _size;
    private readonly Dictionary<StreamId, CachedStream> _streams = [];

    // Oldest first. They may go when room is needed.
    private readonly LinkedList<CachedMessage> _delivered = new();

    // Added while their stream had no cursor: delivered if there still is none when the agent asks.
    private readonly List<CachedMessage> _unclaimed = [];

    private List<IBatchContainer> _toReport = [];
    private int _pending;
    private StreamSequenceToken? _oldestSeen;
    private StreamSequenceToken? _newest;
    private StreamSequenceToken? _newestGone;

    /// <summary>Creates a cache.</summary>
    /// <param name="cacheSize">How many messages it holds at most.</param>
    /// <param name="logger">Unused; part of the signature that queue adapters call.</param>
    public SimpleQueueCache(int cacheSize, ILogger logger)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cacheSize, 1);
        _ = logger;
        _size = cacheSize;
    }

    /// <summary>How many messages are in it, delivered ones too.</summary>
    public int Size => _pending + _delivered.Count;

    /// <summary>Whether delivered messages stay as long as there is room. Off for queues that cannot go back.</summary>
    internal bool KeepsDelivered { get; set; } = true;

    /// <inheritdoc/>
    public virtual int GetMaxAddCount() => Math.Max(0, _size - _pending);

    /// <inheritdoc/>
    public virtual bool IsUnderPressure() => _pending >= _size;

    /// <inheritdoc/>
    public virtual void AddToCache(IList<IBatchContainer> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        foreach (var batch in messages)
        {
            _oldestSeen ??= batch.SequenceToken;
            _newest = batch.SequenceToken;
            var stream = StreamOf(batch.StreamId);
            var message = new CachedMessage(batch, stream) { Waiting = stream.Cursors };
            stream.Newest.Next = message;
            stream.Newest = message;
            stream.Kept++;
            _pending++;
            if (message.Waiting == 0)
                _unclaimed.Add(message);
        }

        while (Size > _size && _delivered.First is { } oldest)
            LetGo(oldest);
    }

    /// <inheritdoc/>
    public virtual bool TryPurgeFromCache([NotNullWhen(true)] out IList<IBatchContainer>? purgedItems)
    {
        foreach (var message in _unclaimed)
        {
            if (message.Waiting == 0)
                Deliver(message);
        }

        _unclaimed.Clear();
        purgedItems = null;
        if (_toReport.Count == 0)
            return false;
        purgedItems = _toReport;
        _toReport = [];
        return true;
    }

    /// <inheritdoc/>
    public virtual IQueueCacheCursor GetCacheCursor(StreamId streamId, StreamSequenceToken? token)
    {
        var stream = _streams.GetValueOrDefault(streamId);
        if (token is null)
        {
            stream ??= StreamOf(streamId);
            stream.Cursors++;
            return new SimpleQueueCacheCursor(this, stream, stream.Newest);
        }

        RefuseIfGone(token, stream);
        stream ??= StreamOf(streamId);
        var before = stream.BeforeOldest;
        while (before.Next is { } next && next.Batch!.SequenceToken.SequenceNumber < token.SequenceNumber)
            before = next;
        for (var message = before.Next; message is not null; message = message.Next)
            Claim(message);
        stream.Cursors++;
        return new SimpleQueueCacheCursor(this, stream, before);
    }

    /// <summary>A cursor has passed a message.</summary>
    internal void Pass(CachedMessage message)
    {
        System.Diagnostics.Debug.Assert(message.Waiting > 0, "A cursor passes what it has claimed.");
        if (--message.Waiting == 0)
            Deliver(message);
    }

    /// <summary>A cursor is disposed, with everything after <paramref name="before"/> still before it.</summary>
    internal void Leave(CachedStream stream, CachedMessage before)
    {
        stream.Cursors--;
        for (var message = before.Next; message is not null; message = message.Next)
            Pass(message);
        ForgetIfUnused(stream);
    }

    private CachedStream StreamOf(StreamId id)
    {
        if (!_streams.TryGetValue(id, out var stream))
            _streams[id] = stream = new CachedStream(id);
        return stream;
    }

    private void Claim(CachedMessage message)
    {
        if (message.Waiting++ != 0 || message.Place is not { } place)
            return;
        _delivered.Remove(place);
        message.Place = null;
        _pending++;
    }

    private void Deliver(CachedMessage message)
    {
        _pending--;
        message.Place = _delivered.AddLast(message);
        if (!message.IsReported)
        {
            message.IsReported = true;
            _toReport.Add(message.Batch!);
        }

        if (!KeepsDelivered)
            LetGo(message.Place);
    }

    // Messages of a stream are delivered in order, so the oldest delivered one of a stream is its oldest.
    private void LetGo(LinkedListNode<CachedMessage> place)
    {
        var message = place.Value;
        _delivered.Remove(place);
        message.Place = null;
        message.Stream.BeforeOldest = message;
        message.Stream.Kept--;
        message.Stream.NewestGone = message.Batch!.SequenceToken;
        if (_newestGone is null || message.Batch.SequenceToken.CompareTo(_newestGone) > 0)
            _newestGone = message.Batch.SequenceToken;
        ForgetIfUnused(message.Stream);
    }

    private void ForgetIfUnused(CachedStream stream)
    {
        if (stream is { Cursors: 0, Kept: 0 })
            _streams.Remove(stream.Id);
    }

    // A stream that is not known any more may have been known: then nothing of what has gone counts as there.
    private void RefuseIfGone(StreamSequenceToken token, CachedStream? stream)
    {
        if (_oldestSeen is null)
            return;
        var gone = stream is null ? _newestGone : stream.NewestGone;
        if (token.SequenceNumber < _oldestSeen.SequenceNumber || (gone is not null && token.SequenceNumber <= gone.SequenceNumber))
            throw new QueueCacheMissException(token, OldestKept() ?? _newest!, _newest!);
    }

    private StreamSequenceToken? OldestKept() => _streams.Values.Select(static stream => stream.BeforeOldest.Next?.Batch?.SequenceToken).Where(static token => token is not null).Min();
}
