using System.Diagnostics;
using Orleans.TestingHost;
using OrleansShop.Testing.DynamoDB;
using OrleansShop.Testing.Emulators;
using Xunit;

namespace OrleansShop.Engine.DynamoDB.Tests.GrainState;

/// <summary>DynamoDB goes away for some seconds while grains write.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private const int Grains = 16;

    private EmulatorServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await DynamoDBServer.StartAsync(outlivesStops: true);

    [Fact]
    public async Task No_acknowledged_write_is_lost_and_none_is_done_twice_and_no_grain_is_stuck()
    {
        await using var cluster = await StartAsync();
        var grains = Enumerable.Range(0, Grains).Select(key => cluster.Client.GetGrain<ITallyGrain>(key)).ToList();
        await Task.WhenAll(grains.Select(grain => grain.Add()));

        using var stop = new CancellationTokenSource();
        var tallies = grains.Select(grain => Tally.KeepAddingAsync(grain, alreadyAcknowledged: 1, stop.Token)).ToList();
        await Until(() => tallies.All(tally => tally.Acknowledged > 3), "all grains write");

        await _server.StopAsync();
        await Task.Delay(TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken);
        var before = tallies.Select(tally => tally.Acknowledged).ToList();
        await _server.StartAgainAsync();
        await Until(() => tallies.Select((tally, index) => tally.Acknowledged > before[index] + 3).All(static goesOn => goesOn), "all grains write again");
        await stop.CancelAsync();
        await Task.WhenAll(tallies.Select(tally => tally.Ended));

        for (var index = 0; index < Grains; index++)
        {
            var (tally, stored) = (tallies[index], await grains[index].ReadAgain());
            Assert.InRange(stored, tally.Acknowledged, tally.Acknowledged + tally.Unknown);
        }
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task<InProcessTestCluster> StartAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.AddDynamoDBGrainStorageAsDefault(options => options.Service = _server.Endpoint));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    private static async Task Until(Func<bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(120), $"Not within two minutes: {what}.");
            await Task.Delay(20);
        }
    }

    /// <summary>What one caller of a grain was told.</summary>
    private sealed class Tally
    {
        private int _acknowledged;
        private int _unknown;

        public int Acknowledged => Volatile.Read(ref _acknowledged);

        /// <summary>Calls that failed: whether they were done nobody said.</summary>
        public int Unknown => Volatile.Read(ref _unknown);

        public Task Ended { get; private set; } = Task.CompletedTask;

        public static Tally KeepAddingAsync(ITallyGrain grain, int alreadyAcknowledged, CancellationToken stop)
        {
            var tally = new Tally { _acknowledged = alreadyAcknowledged };
            tally.Ended = tally.RunAsync(grain, stop);
            return tally;
        }

        private async Task RunAsync(ITallyGrain grain, CancellationToken stop)
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    await grain.Add();
                    Interlocked.Increment(ref _acknowledged);
                }
                catch (Exception failure) when (failure is not Xunit.Sdk.XunitException)
                {
                    Interlocked.Increment(ref _unknown);
                    await Task.Delay(50, CancellationToken.None);
                }
            }
        }
    }
}

public interface ITallyGrain : IGrainWithIntegerKey
{
    Task Add();

    Task<int> ReadAgain();
}

internal sealed class TallyGrain([PersistentState("tally")] IPersistentState<TallyState> tally) : Grain, ITallyGrain
{
    public async Task Add()
    {
        tally.State.Count++;
        try
        {
            await tally.WriteStateAsync();
        }
        catch
        {
            // What was not stored for certain is not known: the next call reads it.
            DeactivateOnIdle();
            throw;
        }
    }

    public async Task<int> ReadAgain()
    {
        await tally.ReadStateAsync();
        return tally.State.Count;
    }
}

public sealed class TallyState
{
    public int Count { get; set; }
}
