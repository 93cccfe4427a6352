using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;
using OrleansShop.Engine.TestingHost.Tests.Grains;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests;

public sealed class InProcessTestClusterTests
{
    [Fact]
    public async Task Delegates_configure_silos_and_client()
    {
        var silos = new List<string>();
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((options, silo) =>
        {
            silos.Add(options.SiloName);
            silo.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = TimeSpan.FromHours(3));
        });
        builder.ConfigureClient(client => client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(77)));
        await using var cluster = builder.Build();

        await cluster.DeployAsync();

        Assert.Equal(["Silo_0", "Silo_1"], silos.Order());
        Assert.Equal("hello", await cluster.Client.GetGrain<IEchoGrain>(1).Echo("hello"));
        Assert.Equal(TimeSpan.FromHours(3), Options<GrainCollectionOptions>(cluster.Silos[0].ServiceProvider).CollectionAge);
        Assert.Equal(TimeSpan.FromSeconds(77), Options<ClientMessagingOptions>(cluster.Client.ServiceProvider).ResponseTimeout);
    }

    [Fact]
    public async Task Whatever_clustering_a_silo_asks_for_the_test_cluster_meets_in_memory()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) => silo.UseLocalhostClustering());
        builder.ConfigureClient(client => client.UseLocalhostClustering());
        await using var cluster = builder.Build();

        await cluster.DeployAsync();

        var places = await Task.WhenAll(Enumerable.Range(0, 30).Select(key => cluster.Client.GetGrain<IEchoGrain>(key).Where()));
        Assert.Equal(2, places.Distinct().Count());
    }

    [Fact]
    public async Task A_cluster_is_ready_in_well_under_a_second()
    {
        // The first cluster of a process pays for compiling the code.
        await using (var warm = new InProcessTestClusterBuilder(1).Build())
            await warm.DeployAsync();
        var since = TimeProvider.System.GetTimestamp();

        await using var cluster = new InProcessTestClusterBuilder(3).Build();
        await cluster.DeployAsync();

        Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_silo_restarts_under_its_name_with_a_new_generation()
    {
        await using var cluster = new InProcessTestClusterBuilder(2).Build();
        await cluster.DeployAsync();
        var before = cluster.Silos[1];

        var after = await cluster.RestartSiloAsync(before);
        await cluster.WaitForLivenessToStabilizeAsync();

        Assert.Equal(before.Name, after!.Name);
        Assert.Equal(before.SiloAddress.Endpoint, after.SiloAddress.Endpoint);
        Assert.True(after.SiloAddress.Generation > before.SiloAddress.Generation);
        Assert.False(before.IsActive);
        Assert.Equal("again", await cluster.Client.GetGrain<IEchoGrain>(1).Echo("again"));
    }

    [Fact]
    public async Task A_killed_silo_can_be_started_again_by_name()
    {
        await using var cluster = new InProcessTestClusterBuilder(2).Build();
        await cluster.DeployAsync();
        await cluster.KillSiloAsync(cluster.Silos[1]);
        await cluster.WaitForLivenessToStabilizeAsync(didKill: true);
        Assert.Single(cluster.Silos);

        await cluster.RestartStoppedSecondarySiloAsync("Silo_1");
        await cluster.WaitForLivenessToStabilizeAsync();

        Assert.Equal(2, cluster.GetActiveSilos().Count());
    }

    [Fact]
    public async Task An_activation_is_found_and_ended()
    {
        await using var cluster = new InProcessTestClusterBuilder(2).Build();
        await cluster.DeployAsync();
        var grain = cluster.Client.GetGrain<IEchoGrain>(7);
        Assert.False(cluster.TryGetGrainContext(grain.GetGrainId(), out _));
        await grain.Echo("there");
        Assert.True(cluster.TryGetGrainContext(grain.GetGrainId(), out var context));
        Assert.Equal(grain.GetGrainId(), context!.GrainId);

        await cluster.DeactivateAsync(grain);
        await cluster.WaitForDeactivationAsync(grain);

        Assert.False(cluster.TryGetGrainContext(grain.GetGrainId(), out _));
    }

    [Fact]
    public async Task The_log_tells_what_the_silos_did()
    {
        await using var cluster = new InProcessTestClusterBuilder(1).Build();
        await cluster.DeployAsync();

        Assert.Contains($"{cluster.Silos[0].SiloAddress} is active", cluster.GetLog(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_status_oracle_knows_the_silos_and_is_told_of_changes()
    {
        await using var cluster = new InProcessTestClusterBuilder(2).Build();
        await cluster.DeployAsync();
        var oracle = cluster.Silos[0].ServiceProvider.GetRequiredService<ISiloStatusOracle>();
        var other = cluster.Silos[1].SiloAddress;
        var listener = new Listener();
        Assert.True(oracle.SubscribeToSiloStatusEvents(listener));
        Assert.False(oracle.SubscribeToSiloStatusEvents(listener));
        Assert.Equal(SiloStatus.Active, oracle.CurrentStatus);
        Assert.Equal(SiloStatus.Active, oracle.GetApproximateSiloStatus(other));
        Assert.True(oracle.TryGetSiloName(other, out var name));
        Assert.Equal("Silo_1", name);

        await cluster.StopSiloAsync(cluster.Silos[1]);

        await Eventually.Holds(() => oracle.IsDeadSilo(other), "the stopped silo is dead");
        Assert.Equal([oracle.SiloAddress], oracle.GetActiveSilos());
        await Eventually.Holds(() => listener.Seen.Contains((other, SiloStatus.Dead)), "the listener heard of it");
    }

    [Fact]
    public async Task The_membership_service_yields_each_view()
    {
        await using var cluster = new InProcessTestClusterBuilder(1).Build();
        await cluster.DeployAsync();
        var service = cluster.Silos[0].ServiceProvider.GetRequiredService<IClusterMembershipService>();
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var two = Task.Run(
            async () =>
            {
                await foreach (var snapshot in service.MembershipUpdates.WithCancellation(timeout.Token))
                {
                    if (snapshot.Members.Count(member => member.Value.Status == SiloStatus.Active) == 2)
                        return snapshot.Version;
                }

                return default;
            },
            timeout.Token);

        await cluster.StartAdditionalSiloAsync();

        Assert.True(await two <= service.CurrentSnapshot.Version);
    }

    [Fact]
    public async Task A_silo_that_is_declared_dead_stops_and_its_grains_move()
    {
        await using var cluster = new InProcessTestClusterBuilder(2).Build();
        await cluster.DeployAsync();
        var victim = cluster.Silos[1];

        await cluster.Silos[0].ServiceProvider.GetRequiredService<IClusterMembershipService>().TryKill(victim.SiloAddress);

        await Eventually.Holds(() => cluster.GetLog().Contains("has been declared dead by the others", StringComparison.Ordinal), "the victim noticed");
        for (var key = 0; key < 20; key++)
            Assert.Equal(cluster.Silos[0].SiloAddress, await cluster.Client.GetGrain<IEchoGrain>(key).Where());
    }

    [Fact]
    public async Task A_client_that_is_gone_is_not_waited_for_forever()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.Configure<ConnectionOptions>(options => options.OpenConnectionTimeout = TimeSpan.FromMilliseconds(300)));
        await using var cluster = builder.Build();
        await cluster.DeployAsync();
        var observer = new Observer();
        var grain = cluster.Client.GetGrain<IEchoGrain>(1);
        await grain.SubscribeStrict(cluster.Client.CreateObjectReference<IStrictObserver>(observer));

        await cluster.InitializeClientAsync();

        await Assert.ThrowsAsync<ClientNotAvailableException>(() => cluster.Client.GetGrain<IEchoGrain>(1).NotifyStrict("anyone there?"));
    }

    private static TOptions Options<TOptions>(IServiceProvider services)
        where TOptions : class => services.GetRequiredService<Microsoft.Extensions.Options.IOptions<TOptions>>().Value;

    private sealed class Listener : ISiloStatusListener
    {
        public System.Collections.Concurrent.ConcurrentBag<(SiloAddress, SiloStatus)> Seen { get; } = [];

        public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status) => Seen.Add((updatedSilo, status));
    }

    private sealed class Observer : IStrictObserver
    {
        public Task Heard(string text) => Task.CompletedTask;
    }
}
