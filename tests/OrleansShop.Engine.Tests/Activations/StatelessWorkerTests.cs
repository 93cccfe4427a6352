using Orleans.Concurrency;
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
