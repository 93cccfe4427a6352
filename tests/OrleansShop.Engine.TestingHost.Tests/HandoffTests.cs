using Orleans.TestingHost;
using OrleansShop.Engine.TestingHost.Tests.Grains;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests;

/// <summary>Silos that join, leave and die while calls are made.</summary>
public sealed class HandoffTests
{
    [Fact]
    public async Task A_silo_that_joins_takes_its_share_and_no_call_fails()
    {
        await using var cluster = new TestClusterBuilder(1).Build();
        await cluster.DeployAsync();
        await using var load = new CallLoad(cluster.Client, nameof(A_silo_that_joins_takes_its_share_and_no_call_fails));
        await load.More(500);

        var second = await cluster.StartAdditionalSiloAsync();
        await cluster.WaitForLivenessToStabilizeAsync();
        await load.More(500);

        Assert.Empty(load.Failures);
        Assert.True(load.Answered.ContainsKey(second.SiloAddress), "The new silo serves.");
        Assert.False(SoloGrain.Overlaps.ContainsKey(nameof(A_silo_that_joins_takes_its_share_and_no_call_fails)), "A grain was active twice.");
    }

    [Fact]
    public async Task A_silo_that_is_stopped_gracefully_fails_no_call()
    {
        await using var cluster = new TestClusterBuilder(3).Build();
        await cluster.DeployAsync();
        await using var load = new CallLoad(cluster.Client, nameof(A_silo_that_is_stopped_gracefully_fails_no_call));
        await load.More(500);

        await cluster.StopSiloAsync(cluster.SecondarySilos[0]);
        await load.More(500);

        Assert.Empty(load.Failures);
        Assert.False(SoloGrain.Overlaps.ContainsKey(nameof(A_silo_that_is_stopped_gracefully_fails_no_call)), "A grain was active twice.");
    }

    [Fact]
    public async Task A_silo_that_is_stopped_gracefully_passes_on_answers_that_take_long_at_the_next_owner()
    {
        await using var cluster = new TestClusterBuilder(2).Build();
        await cluster.DeployAsync();
        const string Test = nameof(A_silo_that_is_stopped_gracefully_passes_on_answers_that_take_long_at_the_next_owner);
        var leaving = cluster.SecondarySilos[0];
        var there = new List<ISoloGrain>();
        for (var key = 0; there.Count < 10; key++)
        {
            var grain = cluster.Client.GetGrain<ISoloGrain>(key);
            if ((await grain.Work(Test, 0)).Equals(leaving.SiloAddress)) there.Add(grain);
        }

        // The second call waits for the first at the silo that leaves, and runs at the next owner for longer than a silo waits for answers of its own.
        var first = there.Select(static grain => grain.Work(Test, 1000)).ToArray();
        var second = there.Select(static grain => grain.Work(Test, 5000)).ToArray();
        await Task.Delay(100, TestContext.Current.CancellationToken);
        await cluster.StopSiloAsync(leaving);

        Assert.All(await Task.WhenAll(first), silo => Assert.Equal(leaving.SiloAddress, silo));
        Assert.All(await Task.WhenAll(second), silo => Assert.Equal(cluster.Primary!.SiloAddress, silo));
    }

    [Fact]
    public async Task Silos_come_and_go_and_no_call_fails_and_no_grain_is_active_twice()
    {
        await using var cluster = new TestClusterBuilder(2).Build();
        await cluster.DeployAsync();
        await using var load = new CallLoad(cluster.Client, nameof(Silos_come_and_go_and_no_call_fails_and_no_grain_is_active_twice), workMilliseconds: 3);

        for (var round = 0; round < 5; round++)
        {
            var silo = await cluster.StartAdditionalSiloAsync();
            await load.More(200);
            await cluster.StopSiloAsync(round % 2 == 0 ? silo : cluster.SecondarySilos[0]);
            await load.More(200);
        }

        await cluster.RestartSiloAsync(cluster.Primary!);
        await load.More(500);

        Assert.Empty(load.Failures);
        Assert.False(SoloGrain.Overlaps.ContainsKey(nameof(Silos_come_and_go_and_no_call_fails_and_no_grain_is_active_twice)), "A grain was active twice.");
    }

    [Fact]
    public async Task Calls_between_grains_survive_a_graceful_stop_too()
    {
        await using var cluster = new TestClusterBuilder(3).Build();
        await cluster.DeployAsync();
        using var stop = new CancellationTokenSource();
        var calls = Task.WhenAll(Enumerable.Range(0, 10).Select(caller => Task.Run(async () =>
        {
            var done = 0;
            for (var i = caller * 1000; !stop.IsCancellationRequested; i++, done++)
                Assert.Equal("x", await cluster.Client.GetGrain<IEchoGrain>(i % 500).AskOther(1000 + ((i * 7) % 500), "x"));
            return done;
        })));

        await Task.Delay(100, TestContext.Current.CancellationToken);
        await cluster.StopSiloAsync(cluster.SecondarySilos[1]);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        Assert.All(await calls, done => Assert.True(done > 0, "Each caller got through."));
    }

    [Fact]
    public async Task A_silo_that_is_killed_fails_only_the_calls_that_it_had()
    {
        await using var cluster = new TestClusterBuilder(3).Build();
        await cluster.DeployAsync();
        await using var load = new CallLoad(cluster.Client, nameof(A_silo_that_is_killed_fails_only_the_calls_that_it_had), callers: 30);
        await load.More(500);

        await cluster.KillSiloAsync(cluster.SecondarySilos[0]);
        await load.More(1000);

        Assert.All(load.Failures, failure => Assert.IsType<SiloUnavailableException>(failure));
        Assert.True(load.Failures.Count <= 30, $"{load.Failures.Count} calls failed; each caller had one on its way.");
    }

    [Fact]
    public async Task Calls_to_a_killed_silo_go_to_the_next_owner_within_a_second()
    {
        await using var cluster = new TestClusterBuilder(2).Build();
        await cluster.DeployAsync();
        var victim = cluster.SecondarySilos[0];
        var key = await KeyOn(cluster, victim.SiloAddress);

        await cluster.KillSiloAsync(victim);
        var since = TimeProvider.System.GetTimestamp();
        await Eventually.Holds(
            async () =>
            {
                try
                {
                    return (await cluster.Client.GetGrain<IEchoGrain>(key).Where()).Equals(cluster.Primary!.SiloAddress);
                }
                catch (SiloUnavailableException)
                {
                    // It went out on the broken connection: the next one finds the new owner.
                    return false;
                }
            },
            "the grain is on the silo that lives");
        Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_long_turn_holds_the_handoff_of_its_partition_only()
    {
        await using var cluster = new TestClusterBuilder(1).Build();
        await cluster.DeployAsync();
        const string Test = nameof(A_long_turn_holds_the_handoff_of_its_partition_only);

        // All grains run a long turn; those that move are waited for by the calls after it.
        var first = Enumerable.Range(0, 40).Select(key => cluster.Client.GetGrain<ISoloGrain>(key).Work(Test, 700)).ToArray();
        await Task.Delay(100, TestContext.Current.CancellationToken);
        var second = await cluster.StartAdditionalSiloAsync();
        var after = await Task.WhenAll(Enumerable.Range(0, 40).Select(key => cluster.Client.GetGrain<ISoloGrain>(key).Work(Test, 0)));

        Assert.All(await Task.WhenAll(first), place => Assert.Equal(cluster.Primary!.SiloAddress, place));
        Assert.Contains(second.SiloAddress, after);
        Assert.False(SoloGrain.Overlaps.ContainsKey(Test), "A grain was active twice.");

        // A partition without a running turn was open long before.
        Assert.Equal("free", await cluster.Client.GetGrain<IEchoGrain>(1).Echo("free"));
    }

    [Fact]
    public async Task A_grain_type_that_nobody_hosts_fails_at_once_and_says_who_hosts_what()
    {
        await using var cluster = new TestClusterBuilder(1).Build();
        await cluster.DeployAsync();
        var nowhere = cluster.Client.GetGrain<IEchoGrain>(GrainId.Create("nosuchgrain", "1"));

        var failure = await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => nowhere.Echo("x"));

        Assert.Contains("nosuchgrain", failure.Message, StringComparison.Ordinal);
        Assert.Contains("echo", failure.Message, StringComparison.Ordinal);
        Assert.Contains(cluster.Primary!.SiloAddress.ToString(), failure.Message, StringComparison.Ordinal);
    }

    private static async Task<long> KeyOn(TestCluster cluster, SiloAddress silo)
    {
        for (var key = 0; ; key++)
        {
            if ((await cluster.Client.GetGrain<IEchoGrain>(key).Where()).Equals(silo))
                return key;
        }
    }
}
