using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;
using Xunit;

namespace OrleansShop.Engine.Tests.Streams;

public sealed class SimpleQueueCacheTests
{
    private static readonly StreamId s_a = StreamId.Create("n", "a");
    private static readonly StreamId s_b = StreamId.Create("n", "b");

    [Fact]
    public void A_message_is_delivered_when_every_cursor_has_passed_it()
    {
        var cache = Cache(10);
        using var first = cache.GetCacheCursor(s_a, token: null);
        using var second = cache.GetCacheCursor(s_a, token: null);
        cache.AddToCache([Message(s_a, 1), Message(s_a, 2)]);

        Assert.True(first.MoveNext() && first.MoveNext());
        Assert.Empty(Purged(cache));
        Assert.True(second.MoveNext() && second.MoveNext());
        Assert.Equal([1], Purged(cache));
        Assert.False(first.MoveNext());
        Assert.False(second.MoveNext());
        Assert.Equal([2], Purged(cache));
        Assert.Empty(Purged(cache));
    }

    [Fact]
    public void A_message_of_a_stream_without_cursors_is_delivered_at_the_next_purge()
    {
        var cache = Cache(10);
        cache.AddToCache([Message(s_a, 1), Message(s_b, 2)]);
        using var cursor = cache.GetCacheCursor(s_b, Token(2));

        Assert.Equal([1], Purged(cache));
        Assert.True(cursor.MoveNext());
        Assert.Equal(2, cursor.GetCurrent(out _)!.SequenceToken.SequenceNumber);
    }

    [Fact]
    public void A_cursor_that_is_disposed_holds_nothing_any_more()
    {
        var cache = Cache(10);
        var cursor = cache.GetCacheCursor(s_a, token: null);
        cache.AddToCache([Message(s_a, 1), Message(s_a, 2), Message(s_a, 3)]);
        Assert.True(cursor.MoveNext());
        cursor.Dispose();
        cursor.Dispose();

        Assert.Equal([1, 2, 3], Purged(cache));
    }

    [Fact]
    public void Room_is_what_is_not_under_way_and_delivered_messages_make_it()
    {
        var cache = Cache(3);
        var cursor = cache.GetCacheCursor(s_a, token: null);
        cache.AddToCache([Message(s_a, 1), Message(s_a, 2), Message(s_a, 3)]);
        Assert.True(cache.IsUnderPressure());
        Assert.Equal(0, cache.GetMaxAddCount());

        Assert.True(cursor.MoveNext() && cursor.MoveNext());
        Assert.False(cache.IsUnderPressure());
        Assert.Equal(1, cache.GetMaxAddCount());
        cache.AddToCache([Message(s_a, 4)]);
        Assert.Equal(3, cache.Size);
    }

    [Fact]
    public void A_cursor_can_begin_at_what_was_delivered_and_is_not_reported_twice()
    {
        var cache = Cache(10);
        var cursor = cache.GetCacheCursor(s_a, token: null);
        cache.AddToCache([Message(s_a, 1), Message(s_b, 2), Message(s_a, 3)]);
        while (cursor.MoveNext())
        {
            // To the end.
        }

        Assert.Equal([1, 2, 3], Purged(cache).Order());
        using var late = cache.GetCacheCursor(s_a, Token(2));
        Assert.True(late.MoveNext());
        Assert.Equal(3, late.GetCurrent(out _)!.SequenceToken.SequenceNumber);
        Assert.False(late.MoveNext());
        Assert.Empty(Purged(cache));
    }

    [Fact]
    public void A_place_that_has_gone_is_a_miss()
    {
        var cache = Cache(2);
        using (var cursor = cache.GetCacheCursor(s_a, Token(5)))
            cache.AddToCache([Message(s_a, 10), Message(s_a, 11)]);
        cache.AddToCache([Message(s_a, 12)]);
        Assert.Equal([10, 11, 12], Purged(cache));

        Assert.Throws<QueueCacheMissException>(() => cache.GetCacheCursor(s_a, Token(9)));
        Assert.Throws<QueueCacheMissException>(() => cache.GetCacheCursor(s_a, Token(10)));
        using var kept = cache.GetCacheCursor(s_a, Token(11));
        Assert.True(kept.MoveNext());
    }

    [Fact]
    public void A_cache_that_keeps_nothing_is_empty_when_all_is_delivered()
    {
        var cache = Cache(10);
        cache.KeepsDelivered = false;
        cache.AddToCache([Message(s_a, 1), Message(s_b, 2)]);

        Assert.Equal([1, 2], Purged(cache));
        Assert.Equal(0, cache.Size);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_use_agrees_with_a_plain_model(int seed)
    {
        // A cursor of the model is the list of what it has before it; a message is delivered when no list has it.
        var random = new Random(seed);
        var cache = Cache(1000);
        var cursors = new List<(IQueueCacheCursor Cursor, List<long> Before, StreamId Stream)>();
        var all = new List<(long Sequence, StreamId Stream)>();
        var reported = new HashSet<long>();
        for (var step = 0; step < 2000; step++)
        {
            var stream = random.Next(2) == 0 ? s_a : s_b;
            switch (random.Next(5))
            {
                case 0 when cache.GetMaxAddCount() > 0 && all.Count < 900:
                    all.Add((step, stream));
                    cache.AddToCache([Message(stream, step)]);
                    foreach (var (_, before, _) in cursors.Where(known => known.Stream == stream))
                        before.Add(step);
                    break;
                case 1 when cursors.Count < 6:
                    var from = all.Count == 0 || random.Next(2) == 0 ? (long?)null : all[random.Next(all.Count)].Sequence;
                    cursors.Add((cache.GetCacheCursor(stream, from is { } at ? Token(at) : null), [.. all.Where(known => from is not null && known.Stream == stream && known.Sequence >= from).Select(static known => known.Sequence)], stream));
                    break;
                case 2 when cursors.Count > 3:
                    var gone = cursors[random.Next(cursors.Count)];
                    gone.Cursor.Dispose();
                    cursors.Remove(gone);
                    break;
                default:
                    if (cursors.Count == 0)
                        break;
                    var (cursor, ahead, _) = cursors[random.Next(cursors.Count)];
                    if (cursor.GetCurrent(out _) is not null)
                        ahead.RemoveAt(0);
                    Assert.Equal(ahead.Count != 0, cursor.MoveNext());
                    if (ahead.Count != 0)
                        Assert.Equal(ahead[0], cursor.GetCurrent(out _)!.SequenceToken.SequenceNumber);
                    break;
            }

            foreach (var sequence in Purged(cache))
                Assert.True(reported.Add(sequence), "Reported once.");
            var waiting = cursors.SelectMany(static known => known.Before).ToHashSet();
            Assert.Equal(all.Select(static known => known.Sequence).Where(sequence => !waiting.Contains(sequence)).Union(reported).Order(), reported.Order());
        }
    }

    private static SimpleQueueCache Cache(int size) => new(size, NullLogger.Instance);

    private static EventSequenceTokenV2 Token(long sequence) => new(sequence);

    private static PlainBatch Message(StreamId stream, long sequence) => new PlainBatch(stream, new EventSequenceTokenV2(sequence));

    private static List<long> Purged(SimpleQueueCache cache) =>
        cache.TryPurgeFromCache(out var purged) ? [.. purged.Select(static batch => batch.SequenceToken.SequenceNumber)] : [];

    private sealed record PlainBatch(StreamId StreamId, StreamSequenceToken SequenceToken) : IBatchContainer
    {
        public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() => [];

        public bool ImportRequestContext() => false;
    }
}
