using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Providers;
using Orleans.TestingHost;
using Xunit;

namespace OrleansShop.Engine.Tests.Management;

/// <summary>Three silos, looked at from a silo and from a client outside.</summary>
public sealed class ManagementTests : IAsyncLifetime
{
    private const int Many = 60;

    private readonly InProcessTestCluster _cluster;

    public ManagementTests()
    {
        var builder = new InProcessTestClusterBuilder(3);
        builder.ConfigureSilo(static (_, silo) =>
        {
            silo.Services.AddKeyedSingleton<IMeter, Meter>("meter");
            silo.Services.AddKeyedSingleton<IMeter, SilentMeter>("silent");
        });
        _cluster = builder.Build();
    }

    private IManagementGrain FromOutside => _cluster.Client.GetGrain<IManagementGrain>(0);

    private IManagementGrain FromSilo => _cluster.GetSiloServiceProvider().GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);

    private static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    private SiloAddress[] Silos => [.. _cluster.Silos.Select(silo => silo.SiloAddress)];

    public async ValueTask InitializeAsync() => await _cluster.DeployAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Hosts_are_listed_with_their_status_from_a_silo_and_from_outside()
    {
        foreach (var management in new[] { FromSilo, FromOutside })
        {
            var hosts = await management.GetHosts(onlyActive: true);
            Assert.Equal(Silos.Order(), hosts.Keys.Order());
            Assert.All(hosts.Values, status => Assert.Equal(SiloStatus.Active, status));

            var detailed = await management.GetDetailedHosts(onlyActive: true);
            Assert.Equal(_cluster.Silos.Select(silo => silo.Name).Order(), detailed.Select(row => row.SiloName).Order());
            Assert.All(detailed, row => Assert.Equal(Environment.MachineName, row.HostName));
            Assert.All(detailed, row => Assert.Equal(_cluster.GetSiloForAddress(row.SiloAddress)!.GatewayAddress.Endpoint.Port, row.ProxyPort));
            Assert.All(detailed, row => Assert.InRange(row.StartTime, Now.AddDays(-1), Now.AddDays(1)));
        }
    }

    [Fact]
    public async Task A_silo_that_stopped_is_listed_as_dead_unless_only_active_ones_are_wanted()
    {
        var stopped = _cluster.Silos[2];
        await _cluster.StopSiloAsync(stopped);
        await _cluster.WaitForLivenessToStabilizeAsync();

        await Eventually.Holds(async () => (await FromSilo.GetHosts())[stopped.SiloAddress] == SiloStatus.Dead, "the silo is listed as dead");
        Assert.DoesNotContain(stopped.SiloAddress, (await FromSilo.GetHosts(onlyActive: true)).Keys);
        Assert.Equal(2, (await FromSilo.GetDetailedHosts(onlyActive: true)).Length);
        Assert.Equal(3, (await FromSilo.GetDetailedHosts()).Length);
    }

    [Fact]
    public async Task Activations_are_counted_by_class_and_silo()
    {
        await ActivateMany();
        foreach (var management in new[] { FromSilo, FromOutside })
        {
            var counted = (await management.GetSimpleGrainStatistics()).Where(statistic => statistic.GrainType == typeof(CountedGrain).FullName).ToList();
            Assert.Equal(Many, counted.Sum(statistic => statistic.ActivationCount));
            Assert.Equal(3, counted.Select(statistic => statistic.SiloAddress).Distinct().Count());

            var one = Silos[0];
            var ofOne = await management.GetSimpleGrainStatistics([one]);
            Assert.All(ofOne, statistic => Assert.Equal(one, statistic.SiloAddress));
            Assert.Equal(counted.Single(statistic => statistic.SiloAddress.Equals(one)).ActivationCount, ofOne.Single(statistic => statistic.GrainType == typeof(CountedGrain).FullName).ActivationCount);
            Assert.True(await management.GetTotalActivationCount() >= Many);
        }
    }

    [Fact]
    public async Task Activations_are_listed_by_class_or_type_and_silo()
    {
        await ActivateMany();
        foreach (var type in new[] { typeof(CountedGrain).FullName!, "counted" })
        {
            var all = await FromOutside.GetDetailedGrainStatistics([type]);
            Assert.Equal(Many, all.Length);
            Assert.Equal(Enumerable.Range(0, Many).Select(key => Counted(key).GetGrainId()).Order(), all.Select(statistic => statistic.GrainId).Order());
            Assert.All(all, statistic => Assert.Equal(typeof(CountedGrain).FullName, statistic.GrainType));
        }

        Assert.All(await FromOutside.GetDetailedGrainStatistics(hostsIds: [Silos[1]]), statistic => Assert.Equal(Silos[1], statistic.SiloAddress));
        Assert.Empty(await FromOutside.GetDetailedGrainStatistics(["nobody"]));
        Assert.Equal(Many, (await FromOutside.GetActiveGrains(GrainType.Create("counted"))).Count);
        Assert.Empty(await FromOutside.GetActiveGrains(GrainType.Create("nobody")));
    }

    [Fact]
    public async Task A_grain_that_is_active_is_found_and_one_that_is_not_is_not()
    {
        var grain = Counted(7);
        Assert.Null(await FromOutside.GetActivationAddress(grain));
        Assert.Equal(0, await FromOutside.GetGrainActivationCount((GrainReference)grain));

        var where = await grain.WhereAmI();

        Assert.Equal(where, (await FromOutside.GetActivationAddress(grain))!.ToParsableString());
        Assert.Equal(where, (await FromSilo.GetActivationAddress(grain))!.ToParsableString());
        Assert.Equal(1, await FromOutside.GetGrainActivationCount((GrainReference)grain));
    }

    [Fact]
    public async Task A_grain_that_does_not_live_with_its_owner_is_found_too()
    {
        var factory = _cluster.GetSiloServiceProvider(Silos[2]).GetRequiredService<IGrainFactory>();
        for (var key = 0; key < 10; key++)
        {
            var grain = factory.GetGrain<ICountedGrain>(key, typeof(CountedNearbyGrain).FullName);
            Assert.Equal(await grain.WhereAmI(), (await FromOutside.GetActivationAddress(grain))!.ToParsableString());
        }
    }

    [Fact]
    public async Task Idle_activations_are_collected_on_all_silos_or_on_some()
    {
        await ActivateMany();
        var onFirst = (await CountsBySilo())[Silos[0]];

        await FromOutside.ForceActivationCollection(TimeSpan.FromHours(1));
        Assert.Equal(Many, (await CountsBySilo()).Values.Sum());

        await FromOutside.ForceActivationCollection([Silos[0]], TimeSpan.Zero);
        Assert.Equal(Many - onFirst, (await CountsBySilo()).Values.Sum());

        await FromSilo.ForceActivationCollection(TimeSpan.Zero);
        Assert.Empty(await CountsBySilo());
    }

    [Fact]
    public async Task Busy_activations_are_not_collected_and_hold_nobody_up()
    {
        var grain = Counted(1);
        var busy = grain.Block();
        await Eventually.Holds(async () => await FromSilo.GetActivationAddress(grain) is not null, "the grain is active");

        await FromSilo.ForceActivationCollection(TimeSpan.Zero);
        Assert.NotNull(await FromSilo.GetActivationAddress(grain));

        await grain.Release();
        await busy;
    }

    [Fact]
    public async Task Silos_are_measured_in_the_order_in_which_they_are_named()
    {
        await ActivateMany();
        await FromOutside.ForceRuntimeStatisticsCollection([]);
        var counts = await CountsBySilo();
        SiloAddress[] order = [Silos[2], Silos[0]];
        var measured = await FromOutside.GetRuntimeStatistics(order);

        Assert.Equal(2, measured.Length);
        for (var i = 0; i < order.Length; i++)
        {
            Assert.InRange(measured[i].ActivationCount, counts[order[i]], counts[order[i]] + 1);
            Assert.Equal(measured[i].ActivationCount, measured[i].RecentlyUsedActivationCount);
            Assert.Equal(1, measured[i].ClientCount);
            Assert.True(measured[i].EnvironmentStatistics.RawMemoryUsageBytes > 0);
            Assert.InRange(measured[i].DateTime, Now.AddHours(-1), Now.AddHours(1));
        }

        Assert.Equal(3, (await FromOutside.GetRuntimeStatistics([])).Length);
    }

    [Fact]
    public async Task The_garbage_collector_runs_where_it_is_asked_to()
    {
        var before = GC.CollectionCount(2);
        await FromOutside.ForceGarbageCollection([Silos[1]]);
        Assert.True(GC.CollectionCount(2) > before);
    }

    [Fact]
    public async Task A_command_reaches_the_provider_of_each_silo()
    {
        var answers = await FromSilo.SendControlCommandToProvider<IMeter>("meter", 3, "arg");
        Assert.Equal(_cluster.Silos.Select(silo => $"{silo.Name}: 3 arg").Order(), answers.Cast<string>().Order());
        Assert.Equal([null, null, null], await FromSilo.SendControlCommandToProvider<IMeter>("meter", 0));
    }

    [Fact]
    public async Task From_outside_a_provider_type_that_payloads_may_not_name_is_refused_and_named()
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => FromOutside.SendControlCommandToProvider<IMeter>("meter", 3));
        Assert.Contains(nameof(IMeter), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_is_not_there_or_takes_no_commands_is_named()
    {
        var missing = await Assert.ThrowsAsync<ArgumentException>(() => FromSilo.SendControlCommandToProvider<IMeter>("nobody", 1));
        Assert.Contains("nobody", missing.Message, StringComparison.Ordinal);
        var silent = await Assert.ThrowsAsync<ArgumentException>(() => FromSilo.SendControlCommandToProvider<IMeter>("silent", 1));
        Assert.Contains("IControllable", silent.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_that_is_no_member_is_named_at_once()
    {
        var stranger = SiloAddress.New(Silos[0].Endpoint.Address, 1, 1);
        var refused = await Assert.ThrowsAsync<SiloUnavailableException>(() => FromOutside.GetRuntimeStatistics([Silos[0], stranger]));
        Assert.Contains(stranger.ToString(), refused.Message, StringComparison.Ordinal);

        var stopped = _cluster.Silos[2];
        await _cluster.StopSiloAsync(stopped);
        await _cluster.WaitForLivenessToStabilizeAsync();
        await Eventually.Holds(async () => (await FromSilo.GetHosts())[stopped.SiloAddress] == SiloStatus.Dead, "the silo is listed as dead");
        await Assert.ThrowsAsync<SiloUnavailableException>(() => FromSilo.GetRuntimeStatistics([stopped.SiloAddress]));
    }

    [Fact]
    public async Task A_silo_that_crashed_ends_the_call_with_an_exception_that_names_it()
    {
        var crashed = _cluster.Silos[2];
        await FromSilo.GetTotalActivationCount();
        var asking = FromSilo.SendControlCommandToProvider<IMeter>("meter", Meter.Stall);
        await Eventually.Holds(() => crashed.ServiceProvider.GetRequiredKeyedService<IMeter>("meter") is Meter { IsStalled: true }, "the command has arrived");

        await _cluster.KillSiloAsync(crashed);

        var failed = await Assert.ThrowsAnyAsync<Exception>(() => asking);
        Assert.True(failed is SiloUnavailableException or TimeoutException, failed.ToString());
        Assert.Contains(crashed.SiloAddress.ToString(), failed.Message, StringComparison.Ordinal);
    }

    private ICountedGrain Counted(int key) => _cluster.Client.GetGrain<ICountedGrain>(key, typeof(CountedGrain).FullName);

    private Task<string[]> ActivateMany() => Task.WhenAll(Enumerable.Range(0, Many).Select(key => Counted(key).WhereAmI()));

    private async Task<Dictionary<SiloAddress, int>> CountsBySilo() => (await FromOutside.GetSimpleGrainStatistics())
        .Where(statistic => statistic.GrainType == typeof(CountedGrain).FullName).ToDictionary(statistic => statistic.SiloAddress, statistic => statistic.ActivationCount);
}

public interface ICountedGrain : IGrainWithIntegerKey
{
    Task<string> WhereAmI();

    Task Block();

    [AlwaysInterleave]
    Task Release();
}

internal sealed class CountedGrain(ILocalSiloDetails silo) : Grain, ICountedGrain
{
    private readonly TaskCompletionSource _release = new();

    public Task<string> WhereAmI() => Task.FromResult(silo.SiloAddress.ToParsableString());

    public Task Block() => _release.Task;

    public Task Release()
    {
        _release.TrySetResult();
        return Task.CompletedTask;
    }
}

[Orleans.Placement.PreferLocalPlacement]
internal sealed class CountedNearbyGrain(ILocalSiloDetails silo) : Grain, ICountedGrain
{
    public Task<string> WhereAmI() => Task.FromResult(silo.SiloAddress.ToParsableString());

    public Task Block() => Task.CompletedTask;

    public Task Release() => Task.CompletedTask;
}

public interface IMeter;

internal sealed class Meter(ILocalSiloDetails silo) : IMeter, IControllable
{
    public const int Stall = -1;

    public bool IsStalled { get; private set; }

    public async Task<object?> ExecuteCommand(int command, object? arg)
    {
        if (command == Stall)
        {
            IsStalled = true;
            if (silo.Name == "Silo_2")
                await new TaskCompletionSource().Task;
        }

        return command == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{silo.Name}: {command} {arg}");
    }
}

internal sealed class SilentMeter : IMeter;
