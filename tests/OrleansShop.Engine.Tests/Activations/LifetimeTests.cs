using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.Engine.Tests.Activations;

public sealed class LifetimeTests
{
    [Fact]
    public async Task A_grain_is_activated_by_its_first_call_and_before_it()
    {
        var log = new LifeLog();
        await using var silo = await Start(log);
        var grain = silo.Get<ILifeGrain>(1);
        Assert.Empty(log.Of(1));
        await grain.Touch();
        Assert.Equal(["created", "activated", "touched"], log.Of(1));
    }

    [Fact]
    public async Task An_exception_in_activation_fails_the_callers_that_wait_and_leaves_nothing_behind()
    {
        var log = new LifeLog { FailingActivations = 1 };
        await using var silo = await Start(log);
        var grain = silo.Get<ILifeGrain>(1);
        var calls = Enumerable.Range(0, 3).Select(_ => grain.Touch()).ToArray();
        foreach (var call in calls) Assert.Equal("cannot", (await Assert.ThrowsAsync<InvalidOperationException>(() => call)).Message);
        Assert.Equal(0, silo.Catalog.Count);
        await grain.Touch();
        Assert.Equal(1, silo.Catalog.Count);
    }

    [Fact]
    public async Task DeactivateOnIdle_lets_the_request_end_and_the_next_call_finds_a_new_activation()
    {
        var log = new LifeLog();
        await using var silo = await Start(log);
        var grain = silo.Get<ILifeGrain>(1);
        var first = await grain.Leave();
        await Eventually.Holds(() => silo.Catalog.Count == 0, "the activation is gone");
        Assert.Contains("deactivated: ApplicationRequested", log.Of(1));
        Assert.NotEqual(first, await grain.Touch());
    }

    [Fact]
    public async Task Calls_that_wait_when_an_activation_leaves_run_in_the_next_one()
    {
        var log = new LifeLog();
        await using var silo = await Start(log);
        var grain = silo.Get<ILifeGrain>(1);
        var leaving = grain.LeaveSlowly();
        var queued = Enumerable.Range(0, 10).Select(_ => grain.Touch()).ToArray();
        var first = await leaving;
        var activations = await Task.WhenAll(queued);
        Assert.All(activations, activation => Assert.NotEqual(first, activation));
        Assert.Single(activations.Distinct());
    }

    [Fact]
    public async Task A_new_activation_begins_only_when_the_old_one_has_ended()
    {
        var log = new LifeLog { DeactivationDelay = TimeSpan.FromMilliseconds(100) };
        await using var silo = await Start(log);
        var grain = silo.Get<ILifeGrain>(1);
        await grain.Leave();
        await grain.Touch();
        var entries = log.Of(1);
        Assert.True(entries.IndexOf("deactivated: ApplicationRequested") < entries.LastIndexOf("created"), string.Join(", ", entries));
    }

    [Fact]
    public async Task An_idle_grain_is_collected_after_its_age_and_not_before()
    {
        var log = new LifeLog();
        var time = new ManualTimeProvider();
        await using var silo = await Start(log, time);
        await silo.Get<ILifeGrain>(1).Touch();
        time.Advance(TimeSpan.FromMinutes(14));
        await Task.Delay(50);
        Assert.Equal(1, silo.Catalog.Count);
        time.Advance(TimeSpan.FromMinutes(3));
        await Eventually.Holds(() => silo.Catalog.Count == 0, "the idle grain is gone");
        Assert.Contains("deactivated: ActivationIdle", log.Of(1));
    }

    [Fact]
    public async Task Calls_keep_a_grain_from_being_idle()
    {
        var log = new LifeLog();
        var time = new ManualTimeProvider();
        await using var silo = await Start(log, time);
        var grain = silo.Get<ILifeGrain>(1);
        var activation = await grain.Touch();
        for (var i = 0; i < 4; i++)
        {
            time.Advance(TimeSpan.FromMinutes(10));
            Assert.Equal(activation, await grain.Touch());
        }
    }

    [Fact]
    public async Task The_class_says_how_long_its_grains_are_kept()
    {
        var time = new ManualTimeProvider();
        await using var silo = await Start(new LifeLog(), time);
        await silo.Get<IShortLivedGrain>(1).Touch();
        await silo.Get<IKeptGrain>(1).Touch();
        time.Advance(TimeSpan.FromMinutes(5));
        await Eventually.Holds(() => silo.Catalog.Count == 1, "the short-lived grain is gone");
        time.Advance(TimeSpan.FromDays(2));
        await Task.Delay(50);
        Assert.Equal(1, silo.Catalog.Count);
    }

    [Fact]
    public async Task DelayDeactivation_keeps_a_grain_for_a_time_and_zero_takes_it_back()
    {
        var time = new ManualTimeProvider();
        await using var silo = await Start(new LifeLog(), time);
        await silo.Get<ILifeGrain>(1).Delay(TimeSpan.FromHours(2));
        await silo.Get<ILifeGrain>(2).Delay(TimeSpan.FromHours(2));
        await silo.Get<ILifeGrain>(2).Delay(TimeSpan.Zero);
        time.Advance(TimeSpan.FromHours(1));
        await Eventually.Holds(() => silo.Catalog.Count == 1, "only the delayed grain is there");
        time.Advance(TimeSpan.FromMinutes(70));
        await Eventually.Holds(() => silo.Catalog.Count == 0, "the delay is over");
    }

    [Fact]
    public async Task Stopping_the_silo_lets_running_requests_end_and_deactivates_all_grains()
    {
        var log = new LifeLog();
        await using var silo = await Start(log);
        var slow = silo.Get<ILifeGrain>(1).TouchSlowly();
        await silo.Get<ILifeGrain>(2).Touch();
        await Eventually.Holds(() => log.Of(1).Contains("slow begins"), "the slow request runs");
        await silo.StopAsync();
        await slow;
        Assert.Contains("deactivated: ShuttingDown", log.Of(1));
        Assert.Contains("deactivated: ShuttingDown", log.Of(2));
        Assert.Equal(0, silo.Catalog.Count);
    }

    [Fact]
    public async Task A_grain_and_its_scoped_services_are_disposed_when_it_leaves()
    {
        var scoped = new List<ScopedService>();
        await using var silo = await TestSilo.StartAsync(silo => silo.Services.AddScoped(_ =>
        {
            var service = new ScopedService();
            lock (scoped) scoped.Add(service);
            return service;
        }));
        await silo.Get<IScopedGrain>(1).Leave();
        await silo.Get<IScopedGrain>(2).Touch();
        await Eventually.Holds(() => silo.Catalog.Count == 1, "the first grain is gone");
        Assert.Equal([true, false], scoped.Select(service => service.IsDisposed));
    }

    [Fact]
    public async Task A_grain_that_takes_part_in_its_stages_runs_them_in_order()
    {
        var log = new LifeLog();
        await using var silo = await Start(log);
        await silo.Get<IStagedGrain>(1).Leave();
        await Eventually.Holds(() => log.Of(1).Count == 5, "all stages have run");
        Assert.Equal(["first starts", "state starts", "OnActivateAsync", "state stops", "first stops"], log.Of(1));
    }

    [Fact]
    public async Task A_grain_can_be_deactivated_from_outside()
    {
        var log = new LifeLog();
        await using var silo = await Start(log);
        await silo.Get<ILifeGrain>(1).Touch();
        await silo.Get<ILifeGrain>(1).AsReference<Orleans.Core.Internal.IGrainManagementExtension>().DeactivateOnIdle();
        await Eventually.Holds(() => silo.Catalog.Count == 0, "the activation is gone");
    }

    [Fact]
    public async Task Each_activation_has_services_of_its_own_scope()
    {
        await using var silo = await TestSilo.StartAsync(silo => silo.Services.AddScoped<ScopedService>());
        Assert.True(await silo.Get<IServiceGrain>(1).IsSameTwice());
    }

    [Fact]
    public async Task Draining_deactivates_the_lost_grains_only_and_routes_their_calls_anew()
    {
        var log = new LifeLog();
        await using var silo = await Start(log);
        for (var key = 0; key < 10; key++) await silo.Get<ILifeGrain>(key).Touch();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await silo.Catalog.DrainAsync(activation => activation.GrainId.GetIntegerKey() % 2 == 0, static _ => null, deadline.Token);
        Assert.Equal(5, silo.Catalog.Count);
        Assert.Contains("deactivated: RuntimeRequested", log.Of(4));
        Assert.DoesNotContain("deactivated: RuntimeRequested", log.Of(5));
    }

    private static Task<TestSilo> Start(LifeLog log, TimeProvider? time = null) => TestSilo.StartAsync(silo => silo.Services.AddSingleton(log), time);
}

/// <summary>What happened to each grain, in order.</summary>
public sealed class LifeLog
{
    private readonly ConcurrentDictionary<long, ConcurrentQueue<string>> _entries = new();

    public int FailingActivations { get; set; }

    public TimeSpan DeactivationDelay { get; set; }

    public void Add(long key, string what) => _entries.GetOrAdd(key, static _ => new()).Enqueue(what);

    public List<string> Of(long key) => _entries.TryGetValue(key, out var entries) ? [.. entries] : [];
}

public interface ILifeGrain : IGrainWithIntegerKey
{
    Task<string> Touch();

    Task TouchSlowly();

    Task<string> Leave();

    Task<string> LeaveSlowly();

    Task Delay(TimeSpan time);
}

internal sealed class LifeGrain : Grain, ILifeGrain
{
    private readonly LifeLog _log;

    public LifeGrain(LifeLog log)
    {
        _log = log;
        _log.Add(Key, "created");
    }

    private long Key => GrainContext.GrainId.GetIntegerKey();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (_log.FailingActivations-- > 0) throw new InvalidOperationException("cannot");
        _log.Add(Key, "activated");
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_log.DeactivationDelay != TimeSpan.Zero) await Task.Delay(_log.DeactivationDelay, cancellationToken);
        _log.Add(Key, $"deactivated: {reason.ReasonCode}");
    }

    public Task<string> Touch()
    {
        _log.Add(Key, "touched");
        return Task.FromResult(GrainContext.ActivationId.ToString());
    }

    public async Task TouchSlowly()
    {
        _log.Add(Key, "slow begins");
        await Task.Delay(100);
        _log.Add(Key, "slow ends");
    }

    public Task<string> Leave()
    {
        DeactivateOnIdle();
        return Task.FromResult(GrainContext.ActivationId.ToString());
    }

    public async Task<string> LeaveSlowly()
    {
        DeactivateOnIdle();
        await Task.Delay(50);
        return GrainContext.ActivationId.ToString();
    }

    public Task Delay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }
}

public interface IShortLivedGrain : IGrainWithIntegerKey
{
    Task Touch();
}

[CollectionAgeLimit(Minutes = 2)]
internal sealed class ShortLivedGrain : Grain, IShortLivedGrain
{
    public Task Touch() => Task.CompletedTask;
}

public interface IKeptGrain : IGrainWithIntegerKey
{
    Task Touch();
}

[KeepAlive]
internal sealed class KeptGrain : Grain, IKeptGrain
{
    public Task Touch() => Task.CompletedTask;
}

public sealed class ScopedService : IDisposable
{
    public bool IsDisposed { get; private set; }

    public void Dispose() => IsDisposed = true;
}

public interface IStagedGrain : IGrainWithIntegerKey
{
    Task Leave();
}

internal sealed class StagedGrain(LifeLog log) : Grain, IStagedGrain, ILifecycleParticipant<IGrainLifecycle>
{
    public void Participate(IGrainLifecycle lifecycle)
    {
        Add(lifecycle, "state", GrainLifecycleStage.SetupState);
        Add(lifecycle, "first", GrainLifecycleStage.First);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        log.Add(this.GetPrimaryKeyLong(), "OnActivateAsync");
        return Task.CompletedTask;
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private void Add(IGrainLifecycle lifecycle, string name, int stage) => lifecycle.Subscribe(
        name,
        stage,
        _ =>
        {
            log.Add(this.GetPrimaryKeyLong(), $"{name} starts");
            return Task.CompletedTask;
        },
        _ =>
        {
            log.Add(this.GetPrimaryKeyLong(), $"{name} stops");
            return Task.CompletedTask;
        });
}

public interface IServiceGrain : IGrainWithIntegerKey
{
    Task<bool> IsSameTwice();
}

internal sealed class ServiceGrain : Grain, IServiceGrain
{
    public Task<bool> IsSameTwice() => Task.FromResult(
        ReferenceEquals(ServiceProvider.GetRequiredService<ScopedService>(), ServiceProvider.GetRequiredService<ScopedService>()));
}

public interface IScopedGrain : IGrainWithIntegerKey
{
    Task Touch();

    Task Leave();
}

internal sealed class ScopedGrain(ScopedService service) : Grain, IScopedGrain
{
    public Task Touch()
    {
        ObjectDisposedException.ThrowIf(service.IsDisposed, service);
        return Task.CompletedTask;
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
