using System.Collections.Concurrent;
using Orleans.Concurrency;
using Orleans.Configuration;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Serialization;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.Engine.Tests.Calls;

/// <summary>Call objects serve one call after the other. No caller may notice.</summary>
public sealed class CallReuseTests
{
    [Fact]
    public async Task A_call_that_was_answered_and_consumed_is_used_again()
    {
        var pool = new CallPool();
        var call = new PooledCall(pool) { Argument = "mine" };
        var promise = call.Promise;
        Answer(call, 5);
        Assert.Equal(5, await promise);
        var next = Assert.IsType<PooledCall>(pool.TryTake());
        Assert.Same(call, next);
        Assert.Null(next.Argument);
        Assert.Equal(0, next.ResultObject);
        Assert.Null(pool.TryTake());
    }

    [Fact]
    public async Task A_promise_of_an_earlier_call_is_refused()
    {
        var pool = new CallPool();
        var call = new PooledCall(pool);
        var first = call.Promise;
        Answer(call, 1);
        Assert.Equal(1, await first);
        pool.TryTake();
        var second = call.Promise;
        Answer(call, 2);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await first);
        Assert.Equal(2, await second);
    }

    [Fact]
    public async Task A_promise_is_consumed_by_one_of_those_who_await_it_at_once()
    {
        for (var round = 0; round < 200; round++)
        {
            var call = new PooledCall(new CallPool());
            var promise = call.Promise;
            Answer(call, 3);
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Succeeds(promise))));
            Assert.Single(outcomes, succeeded => succeeded);
            Assert.Equal(1, call.Stamp);
        }

    }

    [Fact]
    public async Task A_promise_that_is_awaited_a_second_time_before_its_answer_refuses_one_of_the_two()
    {
        var call = new PooledCall(new CallPool());
        var promise = call.Promise;
        var first = Succeeds(promise);
        var second = Succeeds(promise);
        Assert.False(await second);
        Answer(call, 3);
        Assert.True(await first);
    }

    [Fact]
    public async Task A_call_that_its_caller_gave_up_is_not_used_again_and_keeps_what_the_caller_was_told()
    {
        var pool = new CallPool();
        var call = new PooledCall(pool);
        var promise = call.Promise;
        call.GiveUp(new TimeoutException("too late"));

        // The callee is still at work and stores an outcome.
        call.ResultObject = 7;
        call.Fail(new InvalidOperationException("late"));
        var failure = await Assert.ThrowsAsync<TimeoutException>(async () => await promise);
        Assert.Equal("too late", failure.Message);
        Assert.Null(pool.TryTake());
    }

    [Fact]
    public async Task A_call_that_a_filter_has_seen_is_not_used_again()
    {
        var pool = new CallPool();
        var call = new PooledCall(pool);
        var promise = call.Promise;
        call.Keep();
        Answer(call, 1);
        Assert.Equal(1, await promise);
        Assert.Null(pool.TryTake());
    }

    [Fact]
    public async Task A_call_that_is_completed_twice_says_so()
    {
        var call = new PooledCall(new CallPool());
        var promise = call.Promise;
        Answer(call, 1);
        Assert.Throws<InvalidOperationException>(call.Complete);
        Assert.Equal(1, await promise);
    }

    [Fact]
    public async Task An_object_that_has_used_up_its_stamps_is_dropped()
    {
        var pool = new CallPool();
        var call = new PooledCall(pool);
        for (var use = 0; use < ushort.MaxValue; use++)
        {
            var promise = call.Promise;
            Answer(call, use);
            Assert.Equal(use, await promise);
            Assert.Same(call, pool.TryTake());
        }

        Answer(call, 1);
        Assert.Equal(1, await call.Promise);
        Assert.Null(pool.TryTake());
    }

    [Fact]
    public void Calls_go_from_the_threads_that_end_them_to_the_threads_that_make_them()
    {
        var pool = new CallPool();
        var most = CallPool.ChainLength * CallPool.MostChains;
        var ending = new Thread(() =>
        {
            for (var i = 0; i < 2 * most; i++) pool.Return(new PooledCall(pool));
        });
        ending.Start();
        ending.Join();

        var seen = new HashSet<GrainCall>();
        while (pool.TryTake() is { } call) Assert.True(seen.Add(call));
        Assert.Equal(most, seen.Count);
    }

    [Fact]
    public async Task A_continuation_that_is_attached_by_hand_has_the_callers_flow_and_never_runs_inside_the_answer()
    {
        var call = new PooledCall(new CallPool());
        var flow = new AsyncLocal<string> { Value = "caller" };
        var seen = new TaskCompletionSource<(string? Flow, int Thread)>(TaskCreationOptions.RunContinuationsAsynchronously);
        call.Promise.GetAwaiter().OnCompleted(() => seen.SetResult((flow.Value, Environment.CurrentManagedThreadId)));
        flow.Value = "callee";

        // Not a thread of the pool: the continuation cannot come to run on it.
        var answering = new Thread(() => Answer(call, 1));
        answering.Start();
        answering.Join();
        var (seenFlow, seenThread) = await seen.Task;
        Assert.Equal("caller", seenFlow);
        Assert.NotEqual(answering.ManagedThreadId, seenThread);
    }

    /// <summary>Answers, timeouts, cancellations and the next use of the same objects race. The seed decides what is asked for; the threads decide the rest.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task No_caller_ever_gets_the_outcome_of_another_call(int seed)
    {
        const int Callers = 16;
        const int CallsEach = 400;
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(
            silo => silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMilliseconds(500)), time);
        var grains = Enumerable.Range(0, 8).Select(key => silo.Get<IRaceGrain>(key)).ToArray();
        var outcomes = new ConcurrentDictionary<string, int>();
        using var over = new CancellationTokenSource();
        var clock = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                time.Advance(TimeSpan.FromMilliseconds(50));
                await Task.Yield();
            }
        });

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallManyTimes(caller)))).WaitAsync(TimeSpan.FromMinutes(2));

        // While the clock runs: what still runs for callers that have gone ends by it.
        await silo.StopAsync();
        await over.CancelAsync();
        await clock;

        // A seed that makes no races proves nothing.
        Assert.True(outcomes["answer"] > 0 && outcomes["exception"] > 0, string.Join(", ", outcomes));
        Assert.True(outcomes["timeout"] > 0 && outcomes["cancelled"] > 0, string.Join(", ", outcomes));

        async Task CallManyTimes(int caller)
        {
            var random = new Random((seed * 1000) + caller);
            for (var count = 0; count < CallsEach; count++)
            {
                var id = ((long)caller << 32) | (uint)count;
                var end = (RaceEnd)random.Next(6);
                var grain = grains[random.Next(grains.Length)];
                switch (random.Next(6))
                {
                    case 0: await Expect(id, end, isCancelled: false, async () => await grain.Value(id, end)); break;
                    case 1: await Expect(id, end, isCancelled: false, () => grain.AsTask(id, end)); break;
                    case 2: await Expect(id, end, isCancelled: false, () => grain.Value(id, end).AsTask()); break;
                    case 3: await Expect(id, end, isCancelled: false, () => grain.Through(id, end)); break;
                    case 4:
                        // Nobody takes this result.
#pragma warning disable CA2012 // That is the case to try.
                        _ = grain.Value(-id, RaceEnd.AtOnce);
#pragma warning restore CA2012
                        break;
                    default:
                        using (var source = new CancellationTokenSource())
                        {
                            var calling = Expect(id, end, isCancelled: true, async () => await grain.Cancellable(id, end, source.Token));
                            if (random.Next(2) == 0) await Task.Yield();
                            await source.CancelAsync();
                            await calling;
                        }

                        break;
                }
            }
        }

        async Task Expect(long id, RaceEnd end, bool isCancelled, Func<Task<long>> call)
        {
            try
            {
                Assert.Equal(id, await call());
                Count("answer");
                Assert.False(end is RaceEnd.Throw or RaceEnd.ThrowLater);
            }
            catch (RaceException e)
            {
                Count("exception");
                Assert.True(end is RaceEnd.Throw or RaceEnd.ThrowLater);
                Assert.Equal($"{id}", e.Message);
            }
            catch (TimeoutException)
            {
                Count("timeout");
            }
            catch (OperationCanceledException) when (isCancelled)
            {
                Count("cancelled");
            }
        }

        void Count(string outcome) => outcomes.AddOrUpdate(outcome, 1, static (_, count) => count + 1);
    }

    private static async Task<bool> Succeeds(ValueTask<int> promise)
    {
        try
        {
            return await promise == 3;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static void Answer(PooledCall call, int result)
    {
        call.ResultObject = result;
        call.LetGo();
        call.Complete();
    }

    private sealed class PooledCall(CallPool pool) : GrainCall<int>
    {
        public string? Argument { get; set; }

        public override GrainMethod Method => throw new NotSupportedException();

        protected override CallPool Pool => pool;

        public override void WriteArguments(PayloadWriter writer) => throw new NotSupportedException();

        public override void ReadArguments(PayloadReader reader) => throw new NotSupportedException();

        public override void CopyArguments(CopyContext context) => throw new NotSupportedException();

        protected override ValueTask<int> Invoke(object target) => throw new NotSupportedException();

        protected override void ForgetArguments() => Argument = null;
    }
}

/// <summary>How a call of <see cref="IRaceGrain"/> ends.</summary>
public enum RaceEnd
{
    AtOnce,
    Later,
    Throw,
    ThrowLater,
    AfterAWhile,
    AboutWhenItTimesOut,
}

[GenerateSerializer]
public sealed class RaceException(string message) : Exception(message);

public interface IRaceGrain : IGrainWithIntegerKey
{
    ValueTask<long> Value(long id, RaceEnd end);

    Task<long> AsTask(long id, RaceEnd end);

    Task<long> Through(long id, RaceEnd end);

    ValueTask<long> Cancellable(long id, RaceEnd end, CancellationToken cancellationToken);
}

[Reentrant]
internal sealed class RaceGrain(TimeProvider time) : Grain, IRaceGrain
{
    public ValueTask<long> Value(long id, RaceEnd end) => end switch
    {
        RaceEnd.AtOnce => new(id),
        RaceEnd.Throw => throw new RaceException($"{id}"),
        _ => new(EndAsync(id, end)),
    };

    public Task<long> AsTask(long id, RaceEnd end) => end == RaceEnd.AtOnce ? Task.FromResult(id) : EndAsync(id, end);

    // From grain to grain: the answer comes back into a turn of this one.
    public async Task<long> Through(long id, RaceEnd end)
    {
        var next = GrainFactory.GetGrain<IRaceGrain>((this.GetPrimaryKeyLong() + 1) % 8);
#pragma warning disable CA2012 // Awaited once, below, after the other.
        var value = next.Value(id, end);
#pragma warning restore CA2012
        var task = next.AsTask(id + 1, RaceEnd.AtOnce);
        if (await task != id + 1) throw new InvalidOperationException("The task has another call's result.");
        var result = await value;
        if (!ReferenceEquals(TaskScheduler.Current, GrainContext)) throw new InvalidOperationException("The continuation left the grain.");
        return result;
    }

    public async ValueTask<long> Cancellable(long id, RaceEnd end, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await EndAsync(id, end);
    }

    private async Task<long> EndAsync(long id, RaceEnd end)
    {
        switch (end)
        {
            case RaceEnd.Later or RaceEnd.ThrowLater: await Task.Yield(); break;
            case RaceEnd.AfterAWhile: await Task.Delay(TimeSpan.FromMilliseconds(50), time); break;
            case RaceEnd.AboutWhenItTimesOut: await Task.Delay(TimeSpan.FromMilliseconds(400 + (Math.Abs(id) % 400)), time); break;
            default: break;
        }

        return end is RaceEnd.Throw or RaceEnd.ThrowLater ? throw new RaceException($"{id}") : id;
    }
}
