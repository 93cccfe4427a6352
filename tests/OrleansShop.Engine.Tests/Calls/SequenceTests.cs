using System.Runtime.CompilerServices;
using Orleans.Configuration;
using Xunit;

namespace OrleansShop.Engine.Tests.Calls;

public sealed class SequenceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(250)]
    public async Task A_sequence_arrives_whole_and_in_order(int count)
    {
        await using var silo = await TestSilo.StartAsync();
        var items = new List<int>();
        await foreach (var item in silo.Get<ISequenceGrain>(1).Count(count)) items.Add(item);
        Assert.Equal(Enumerable.Range(0, count), items);
    }

    [Fact]
    public async Task Nothing_is_produced_before_it_is_asked_for()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<ISequenceGrain>(1);
        var sequence = grain.Count(1_000_000);
        Assert.Equal(0, await grain.Produced());
        await using var enumerator = sequence.GetAsyncEnumerator();
        Assert.True(await enumerator.MoveNextAsync());
        Assert.InRange(await grain.Produced(), 100, 101);
    }

    [Fact]
    public async Task The_caller_may_set_the_size_of_a_batch()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<ISequenceGrain>(1);
        await using var enumerator = grain.Count(1_000).WithBatchSize(7).GetAsyncEnumerator();
        Assert.True(await enumerator.MoveNextAsync());
        Assert.InRange(await grain.Produced(), 7, 8);
    }

    [Fact]
    public async Task Leaving_early_runs_the_grains_finally_blocks()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<ISequenceGrain>(1);
        await foreach (var item in grain.Count(1_000_000))
        {
            if (item == 5) break;
        }

        Assert.Equal(1, await grain.Closed());
    }

    [Fact]
    public async Task Items_before_a_failure_come_first()
    {
        await using var silo = await TestSilo.StartAsync();
        var items = new List<int>();
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var item in silo.Get<ISequenceGrain>(1).FailAfter(3)) items.Add(item);
        });
        Assert.Equal("enough", failure.Message);
        Assert.Equal([0, 1, 2], items);
    }

    [Fact]
    public async Task Other_requests_run_while_a_sequence_is_being_read()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<ISequenceGrain>(1);
        await using var enumerator = grain.Released().GetAsyncEnumerator();
        var first = enumerator.MoveNextAsync();
        await grain.Release();
        Assert.True(await first);
        Assert.Equal(42, enumerator.Current);
    }

    [Fact]
    public async Task A_sequence_that_is_slower_than_the_response_timeout_is_no_timeout()
    {
        await using var silo = await TestSilo.StartAsync(silo => silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMilliseconds(400)));
        var items = new List<int>();
        await foreach (var item in silo.Get<ISequenceGrain>(1).Slow(2, TimeSpan.FromMilliseconds(900))) items.Add(item);
        Assert.Equal([0, 1], items);
    }

    [Fact]
    public async Task Cancelling_reaches_the_grains_enumerator()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<ISequenceGrain>(1);
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in grain.Forever().WithCancellation(source.Token)) await source.CancelAsync();
        });
        await Eventually.Holds(async () => await grain.Closed() == 1, "the grain's enumerator has ended");
    }

    [Fact]
    public async Task An_enumerator_that_is_not_read_is_given_up_and_says_so()
    {
        await using var silo = await TestSilo.StartAsync(silo => silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMilliseconds(300)));
        var grain = silo.Get<ISequenceGrain>(1);
        await using var enumerator = grain.Count(1_000).GetAsyncEnumerator();
        Assert.True(await enumerator.MoveNextAsync());
        await Eventually.Holds(async () => await grain.Closed() == 1, "the idle enumerator is closed");
        await Assert.ThrowsAsync<EnumerationAbortedException>(async () =>
        {
            while (await enumerator.MoveNextAsync())
            {
            }
        });
    }

    [Fact]
    public async Task A_sequence_can_be_enumerated_twice()
    {
        await using var silo = await TestSilo.StartAsync();
        var sequence = silo.Get<ISequenceGrain>(1).Count(5);
        for (var i = 0; i < 2; i++)
        {
            var sum = 0;
            await foreach (var item in sequence) sum += item;
            Assert.Equal(10, sum);
        }
    }
}

public interface ISequenceGrain : IGrainWithIntegerKey
{
    IAsyncEnumerable<int> Count(int count);

    IAsyncEnumerable<int> FailAfter(int count);

    IAsyncEnumerable<int> Slow(int count, TimeSpan pause);

    IAsyncEnumerable<int> Released();

    IAsyncEnumerable<int> Forever(CancellationToken cancellationToken = default);

    Task Release();

    Task<int> Produced();

    Task<int> Closed();
}

internal sealed class SequenceGrain : Grain, ISequenceGrain
{
    private readonly TaskCompletionSource _release = new();
    private int _produced;
    private int _closed;

    public async IAsyncEnumerable<int> Count(int count)
    {
        try
        {
            for (var i = 0; i < count; i++)
            {
                _produced++;
                yield return i;
            }
        }
        finally
        {
            _closed++;
        }
    }

    public async IAsyncEnumerable<int> FailAfter(int count)
    {
        for (var i = 0; i < count; i++) yield return i;
        throw new InvalidOperationException("enough");
    }

    public async IAsyncEnumerable<int> Slow(int count, TimeSpan pause)
    {
        for (var i = 0; i < count; i++)
        {
            await Task.Delay(pause);
            yield return i;
        }
    }

    public async IAsyncEnumerable<int> Released()
    {
        await _release.Task;
        yield return 42;
    }

    public async IAsyncEnumerable<int> Forever([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            yield return 0;
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            _closed++;
        }
    }

    public Task Release()
    {
        _release.TrySetResult();
        return Task.CompletedTask;
    }

    public Task<int> Produced() => Task.FromResult(_produced);

    public Task<int> Closed() => Task.FromResult(_closed);
}
