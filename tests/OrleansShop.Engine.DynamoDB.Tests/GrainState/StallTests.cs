using System.Diagnostics;
using Orleans.TestingHost;
using OrleansShop.Testing.DynamoDB;
using OrleansShop.Testing.Faults;
using Xunit;

namespace OrleansShop.Engine.DynamoDB.Tests.GrainState;

/// <summary>Whatever DynamoDB does to the grains that wait for it, the others go on.</summary>
public sealed class StallTests(DynamoDBFixture fixture) : IAsyncLifetime
{
    // More than there are threads: one that waited on a thread would be noticed.
    private const int Waiting = 200;

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(120);

    private FaultProxy _proxy = null!;
    private InProcessTestCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());
        var table = DynamoDBFixture.NewTableName("stall");
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.AddDynamoDBGrainStorageAsDefault(options => (options.Service, options.TableName) = (_proxy.Endpoint, table)));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Turns_of_other_grains_go_on_while_writes_wait_for_DynamoDB(bool throttled)
    {
        var writers = Enumerable.Range(0, Waiting).Select(key => _cluster.Client.GetGrain<ITallyGrain>(key)).ToList();
        await Task.WhenAll(writers.Select(grain => grain.Add()));
        var others = Enumerable.Range(0, 8).Select(key => _cluster.Client.GetGrain<IEchoGrain>(key)).ToList();
        await Task.WhenAll(others.Select(grain => grain.Echo(0)));

        if (throttled) _proxy.Throttle("PutItem");
        else _proxy.SlowDown("PutItem");
        var happened = _proxy.Happened;
        var writes = writers.Select(grain => grain.Add()).ToList();
        await Until(() => _proxy.Happened > happened, "a write waits");

        // A thousand calls while none of the writes has ended.
        for (var count = 0; count < 1000; count++) Assert.Equal(count, await others[count % others.Count].Echo(count));
        Assert.Contains(writes, static write => !write.IsCompleted);

        _proxy.Heal();
        await Task.WhenAll(writes);
        Assert.All(await Task.WhenAll(writers.Select(grain => grain.ReadAgain())), static count => Assert.Equal(2, count));
    }

    private static async Task Until(Func<bool> condition, string what)
    {
        var since = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < s_deadline, $"Not within {s_deadline}: {what}.");
            await Task.Delay(10);
        }
    }
}

public interface IEchoGrain : IGrainWithIntegerKey
{
    Task<int> Echo(int number);
}

public sealed class EchoGrain : Grain, IEchoGrain
{
    public Task<int> Echo(int number) => Task.FromResult(number);
}
