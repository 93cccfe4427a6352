using Orleans.Concurrency;
using Orleans.Configuration;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.Engine.Tests.Activations;

public sealed class StatelessWorkerTests
{
    [Fact]
    public async Task Calls_at_the_same_time_run_in_several_activations_up_to_the_limit()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<IWorkerGrain>(1);
        var calls = Enumerable.Range(0, 12).Select(_ => grain.WorkSlowly()).ToArray();
        var workers = await Task.WhenAll(calls);
        Assert.Equal(3, workers.Distinct().Count());
    }

    [Fact]
    public async Task One_call_at_a_time_needs_one_activation()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<IWorkerGrain>(1);
        var workers = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            workers.Add(await grain.WorkSlowly());
            await Task.Delay(5);
        }

        Assert.Single(workers);
    }

    [Fact]
    public async Task Activations_without_work_go_before_the_collection_age()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(time: time);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => silo.Get<IWorkerGrain>(1).WorkSlowly()));
        Assert.Equal(3, silo.Catalog.Count);
        time.Advance(TimeSpan.FromSeconds(2));
        await Eventually.Holds(() => silo.Catalog.Count == 0, "the idle workers are gone");
        await silo.Get<IWorkerGrain>(1).WorkSlowly();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task They_stay_if_the_class_or_the_silo_says_so(bool byClass)
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(silo => silo.Configure<StatelessWorkerOptions>(options => options.RemoveIdleWorkers = byClass), time);
        if (byClass) await silo.Get<IStayingWorkerGrain>(1).Work();
        else await silo.Get<IWorkerGrain>(1).WorkSlowly();
        time.Advance(TimeSpan.FromMinutes(5));
        await Task.Delay(50);
        Assert.Equal(1, silo.Catalog.Count);
        time.Advance(TimeSpan.FromMinutes(15));
        await Eventually.Holds(() => silo.Catalog.Count == 0, "the collection age is over");
    }
}

public interface IStayingWorkerGrain : IGrainWithIntegerKey
{
    Task Work();
}

[StatelessWorker(3, removeIdleWorkers: false)]
internal sealed class StayingWorkerGrain : Grain, IStayingWorkerGrain
{
    public Task Work() => Task.CompletedTask;
}

public interface IWorkerGrain : IGrainWithIntegerKey
{
    Task<string> WorkSlowly();
}

[StatelessWorker(3)]
internal sealed class WorkerGrain : Grain, IWorkerGrain
{
    public async Task<string> WorkSlowly()
    {
        await Task.Delay(20);
        return GrainContext.ActivationId.ToString();
    }
}
