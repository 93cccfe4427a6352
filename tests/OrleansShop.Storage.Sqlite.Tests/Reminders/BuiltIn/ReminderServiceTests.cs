using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Reminders;
using Orleans.TestingHost;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.Testing.Reminders;

/// <summary>What reminders in every table that remembers ticks do when their cluster goes and comes back. Each has a class that derives from this one.</summary>
public abstract class ReminderServiceTests : IAsyncDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ManualTimeProvider _time = new();
    private readonly Alarms _alarms = new();

    [Fact]
    public async Task Reminders_outlive_the_cluster_and_tick_once_for_what_was_missed()
    {
        await using (var cluster = await StartAsync())
        {
            await cluster.Client.GetGrain<IAlarmGrain>("clock").Set(Hour);
            await cluster.Client.GetGrain<IAlarmGrain>("other").Set(24 * Hour);
            _time.Advance(Hour);
            await Rings(1);
        }

        _time.Advance(5 * Hour);
        await using (await StartAsync())
        {
            await Rings(2);
            Assert.Equal(["clock", "clock"], _alarms.Rung);
        }
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>Gives a silo the test's table.</summary>
    protected abstract void UseTable(ISiloBuilder silo);

    // The cluster's id changes with each start; the service's, under which reminders are stored, does not.
    private async Task<InProcessTestCluster> StartAsync()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.Options.ServiceId = "alarms";
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(_alarms);
            silo.Services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, _time);
            UseTable(silo);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    private async Task Rings(int count)
    {
        var started = Stopwatch.GetTimestamp();
        while (_alarms.Rung.Count < count)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60), $"{_alarms.Rung.Count} of {count} alarms have rung.");
            await Task.Delay(10);
        }
    }
}

public interface IAlarmGrain : IGrainWithStringKey
{
    Task Set(TimeSpan due);
}

internal sealed class AlarmGrain(Alarms alarms) : Grain, IAlarmGrain, IRemindable
{
    public Task Set(TimeSpan due) => this.RegisterOrUpdateReminder("alarm", due, due);

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        alarms.Ring(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }
}

internal sealed class Alarms
{
    private readonly ConcurrentQueue<string> _rung = new();

    public IReadOnlyCollection<string> Rung => _rung;

    public void Ring(string grain) => _rung.Enqueue(grain);
}
