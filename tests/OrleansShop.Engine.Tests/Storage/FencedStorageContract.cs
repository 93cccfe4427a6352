using System.Collections.Concurrent;
using Orleans.Storage;
using OrleansShop.Engine.Storage;
using Xunit;

namespace OrleansShop.Engine.Tests.Storage;

/// <summary>What every storage with fences has to do. Each has a class that derives from this one.</summary>
public abstract class FencedStorageContract : IAsyncLifetime
{
    private const int Generations = 12;
    private const int Steps = 8;

    private static readonly GrainId s_grain = GrainId.Create("counter", "1");

    private IFencedGrainStorage _storage = null!;

    /// <summary>The storage under test; <paramref name="deleteStateOnClear"/> where it knows the choice. What is opened is closed at the end.</summary>
    private protected abstract ValueTask<IFencedGrainStorage> OpenAsync(bool deleteStateOnClear);

    private protected static GrainId Counter => s_grain;

    private protected IFencedGrainStorage Storage => _storage;

    public virtual async ValueTask InitializeAsync() => _storage = await OpenAsync(deleteStateOnClear: false);

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task A_write_of_a_silo_that_has_died_is_refused_once_its_successor_has_read()
    {
        var old = await ReadAsync(Of(3, 0));
        old.State!.Value = 1;
        await WriteAsync(old, Of(3, 0));

        var next = await ReadAsync(Of(8, 7));
        Assert.Equal((1, true, old.ETag), (next.State!.Value, next.RecordExists, next.ETag));

        old.State.Value = 2;
        var refusal = await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(old, Of(3, 0)));
        Assert.Contains(s_grain.ToString(), refusal.Message, StringComparison.Ordinal);
        Assert.Contains("fence 8", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("this one has 3", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((next.ETag, old.ETag), (refusal.StoredEtag, refusal.CurrentEtag));
        await Assert.ThrowsAsync<InconsistentStateException>(() => ClearAsync(old, Of(3, 0)));

        next.State.Value = 10;
        await WriteAsync(next, Of(8, 7));
        Assert.Equal(10, await ReadAloneAsync());
    }

    [Fact]
    public async Task A_first_write_of_a_silo_that_has_died_is_refused_too()
    {
        var old = await ReadAsync(Of(3, 0));
        var next = await ReadAsync(Of(8, 7));
        Assert.Equal((false, null), (next.RecordExists, next.ETag));

        var refusal = await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(old, Of(3, 0)));
        Assert.Contains("fence 8", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InconsistentStateException>(() => ClearAsync(old, Of(3, 0)));

        next.State!.Value = 10;
        await WriteAsync(next, Of(8, 7));
        Assert.Equal(10, await ReadAloneAsync());
    }

    [Fact]
    public async Task Where_nobody_has_died_since_the_last_write_a_read_raises_nothing()
    {
        var old = await ReadAsync(Of(8, 7));
        await WriteAsync(old, Of(8, 7));
        await ReadAsync(Of(9, 7));

        await WriteAsync(old, Of(8, 7));
    }

    [Fact]
    public async Task Whoever_follows_by_handoff_may_write_what_was_carried_to_it()
    {
        var carried = await ReadAsync(Of(8, 7));
        await WriteAsync(carried, Of(8, 7));

        await WriteAsync(carried, Of(9, 7));

        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(carried, Of(8, 7)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_clear_keeps_the_fence_from_whoever_had_read_nothing(bool deleteStateOnClear)
    {
        var storage = await OpenAsync(deleteStateOnClear);
        var old = await ReadAsync(Of(3, 0), storage);
        var next = await ReadAsync(Of(8, 0), storage);
        await storage.WriteStateAsync("state", s_grain, next, Of(8, 0), default);
        await storage.ClearStateAsync("state", s_grain, next, Of(8, 0), default);

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("state", s_grain, old, Of(3, 0), default));
        Assert.False((await ReadAsync(Of(8, 0), storage)).RecordExists);

        next.State = new Count { Value = 10 };
        await storage.WriteStateAsync("state", s_grain, next, Of(8, 0), default);
        Assert.Equal(10, await ReadAloneAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_etag_that_is_old_loses_with_a_fence_too(bool deleteStateOnClear)
    {
        var storage = await OpenAsync(deleteStateOnClear);
        var nothing = await ReadAsync(Of(8, 7), storage);
        var state = await ReadAsync(Of(8, 7), storage);
        await storage.WriteStateAsync("state", s_grain, state, Of(8, 7), default);
        var late = await ReadAsync(Of(8, 7), storage);
        await storage.WriteStateAsync("state", s_grain, state, Of(8, 7), default);

        foreach (var loser in new[] { nothing, late })
        {
            var lost = await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("state", s_grain, loser, Of(8, 7), default));
            Assert.Equal((state.ETag, loser.ETag), (lost.StoredEtag, lost.CurrentEtag));
            lost = await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync("state", s_grain, loser, Of(8, 7), default));
            Assert.Equal((state.ETag, loser.ETag), (lost.StoredEtag, lost.CurrentEtag));
        }
    }

    [Fact]
    public async Task The_numbers_of_another_history_are_not_compared_and_whoever_reads_takes_the_state_over()
    {
        var earlier = Of(500, 400) with { History = "earlier" };
        var old = await ReadAsync(earlier);
        old.State!.Value = 1;
        await WriteAsync(old, earlier);

        var unread = new GrainState<Count>(new Count { Value = 2 }, old.ETag);
        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(unread, Of(2, 0)));
        var next = await ReadAsync(Of(2, 0));
        Assert.Equal((1, old.ETag), (next.State!.Value, next.ETag));

        var refusal = await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(old, earlier));
        Assert.Contains("\"earlier\"", refusal.Message, StringComparison.Ordinal);
        await WriteAsync(next, Of(2, 0));
        await ClearAsync(next, Of(2, 0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_not_there_any_more_is_taken_over_from_another_history(bool deleteStateOnClear)
    {
        var storage = await OpenAsync(deleteStateOnClear);
        var earlier = Of(500, 400) with { History = "earlier" };
        var late = await ReadAsync(earlier, storage);
        var old = await ReadAsync(earlier, storage);
        await storage.WriteStateAsync("state", s_grain, old, earlier, default);
        await storage.ClearStateAsync("state", s_grain, old, earlier, default);

        var next = await ReadAsync(Of(2, 0), storage);
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("state", s_grain, late, earlier, default));
        await storage.WriteStateAsync("state", s_grain, next, Of(2, 0), default);
        await storage.ClearStateAsync("state", s_grain, next, Of(2, 0), default);
        Assert.False((await ReadAsync(Of(2, 0), storage)).RecordExists);
    }

    [Fact]
    public async Task Who_has_no_fence_is_bound_by_the_etag_alone_and_leaves_the_fence_as_it_is()
    {
        var first = await ReadAsync(Of(8, 7));
        await WriteAsync(first, Of(8, 7));
        var alone = new GrainState<Count>();
        await _storage.ReadStateAsync("state", s_grain, alone, CancellationToken.None);
        await _storage.WriteStateAsync("state", s_grain, alone, CancellationToken.None);

        var late = new GrainState<Count>(new Count(), alone.ETag);
        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(late, Of(7, 0)));
    }

    [Fact]
    public async Task A_silo_that_is_dead_in_its_view_writes_only_where_nobody_has_written_with_a_fence()
    {
        var state = await ReadAsync(Of(0, 7));
        await WriteAsync(state, Of(0, 7));
        var next = await ReadAsync(Of(9, 8));

        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(state, Of(0, 7)));
        await WriteAsync(next, Of(9, 8));
    }

    /// <summary>
    /// Activations that follow each other while those before them go on, as processes do that were frozen. Whatever they do, in whatever order it is done: what one begins after a
    /// later one has read is refused, and what one is told is stored the next one finds.
    /// </summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    public async Task Nothing_that_an_overtaken_activation_begins_is_done(int seed, bool deleteStateOnClear)
    {
        var storage = await OpenAsync(deleteStateOnClear);
        var random = new Random(seed);
        var highestThatReads = 0L;
        var highestThatHasRead = 0L;
        var faults = new ConcurrentQueue<string>();
        var runs = new List<Task>();
        for (var number = 1; number <= Generations; number++)
        {
            var read = new TaskCompletionSource();
            var run = RunAsync(new Fence(number * 10, (number * 10) - 5) { History = "now" }, new Random(random.Next()), read);
            runs.Add(run);
            await await Task.WhenAny(read.Task, run);
        }

        await Task.WhenAll(runs);
        Assert.Empty(faults);
        var last = await ReadAsync(Of(1000, 0), storage);
        await storage.WriteStateAsync("state", s_grain, last, Of(1000, 0), default);

        async Task RunAsync(Fence fence, Random choices, TaskCompletionSource hasRead)
        {
            InterlockedMax(ref highestThatReads, fence.Number);
            var state = await ReadAsync(fence, storage);
            InterlockedMax(ref highestThatHasRead, fence.Number);
            hasRead.SetResult();
            for (var step = 0; step < Steps; step++)
            {
                await Task.Delay(choices.Next(4));
                var isOvertaken = Volatile.Read(ref highestThatHasRead) > fence.Number;
                try
                {
                    if (choices.Next(3) == 0) await storage.ClearStateAsync("state", s_grain, state, fence, default);
                    else await WriteNextAsync(state, fence);
                    if (isOvertaken) faults.Enqueue($"{fence.Number} was overtaken by {highestThatHasRead} and did step {step}");
                }
                catch (InconsistentStateException lost)
                {
                    // Overtaken it does not look, as a frozen process would not, and goes on. Else one before it has written after its read, which had fenced that one off.
                    if (Volatile.Read(ref highestThatReads) == fence.Number) faults.Enqueue($"{fence.Number} was refused although nobody has overtaken it: {lost.Message}");
                }
            }
        }

        async Task WriteNextAsync(GrainState<Count> state, Fence fence)
        {
            state.State!.Value++;
            await storage.WriteStateAsync("state", s_grain, state, fence, default);
        }
    }

    private protected static Fence Of(long number, long raiseBelow) => new(number, raiseBelow) { History = "now" };

    private protected async Task<GrainState<Count>> ReadAsync(Fence fence, IFencedGrainStorage? storage = null)
    {
        var state = new GrainState<Count>(new Count());
        await (storage ?? _storage).ReadStateAsync("state", s_grain, state, fence, default);
        return state;
    }

    private protected Task WriteAsync(GrainState<Count> state, Fence fence) => _storage.WriteStateAsync("state", s_grain, state, fence, default);

    private protected Task ClearAsync(GrainState<Count> state, Fence fence) => _storage.ClearStateAsync("state", s_grain, state, fence, default);

    private async Task<int> ReadAloneAsync()
    {
        var state = new GrainState<Count>();
        await _storage.ReadStateAsync("state", s_grain, state, CancellationToken.None);
        return state.State!.Value;
    }

    private static void InterlockedMax(ref long highest, long number)
    {
        for (var seen = Volatile.Read(ref highest); seen < number;)
        {
            var found = Interlocked.CompareExchange(ref highest, number, seen);
            if (found == seen) return;
            seen = found;
        }
    }

    public sealed class Count
    {
        public int Value { get; set; }
    }
}
