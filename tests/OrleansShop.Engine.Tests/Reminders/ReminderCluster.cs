using Microsoft.Extensions.DependencyInjection;
using Orleans.Reminders;
using Orleans.TestingHost;
using OrleansShop.Engine.Reminders;
using OrleansShop.Testing.Time;

namespace OrleansShop.Engine.Tests.Reminders;

/// <summary>A cluster whose reminders have a clock of their own, which stands still until the test moves it.</summary>
internal sealed class ReminderCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private ReminderCluster(InProcessTestCluster cluster) => _cluster = cluster;

    public ManualTimeProvider Time { get; private init; } = new();

    public TickBook Book { get; private init; } = new();

    public InProcessTestCluster Cluster => _cluster;

    /// <summary>Starts a cluster that keeps all reminders in memory, however far ahead they are due, so that a test can count them.</summary>
    public static Task<ReminderCluster> Start(short silos = 1) => Start(silos, static builder => builder
        .UseInMemoryReminderService().Configure<ReminderOptions>(static options => options.ReminderLoadingWindow = TimeSpan.FromDays(100)));

    public static async Task<ReminderCluster> Start(short silos, Action<ISiloBuilder> configure)
    {
        var time = new ManualTimeProvider();
        var book = new TickBook();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(book);
            silo.Services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, time);
            configure(silo);
        });
        var cluster = new ReminderCluster(builder.Build()) { Time = time, Book = book };
        await cluster._cluster.DeployAsync();
        await cluster.Settle();
        return cluster;
    }

    public IReminderGrain Grain(long key) => _cluster.Client.GetGrain<IReminderGrain>(key);

    /// <summary>Waits until the silos agree on a view, and each has read the reminders of its share.</summary>
    public async Task Settle()
    {
        await _cluster.WaitForLivenessToStabilizeAsync();
        await Eventually.Holds(
            () => _cluster.Silos.All(silo => silo.ServiceProvider.GetService<ReminderLoader>()?.IsCurrent ?? true), "each silo has read the reminders of its share");
    }

    /// <summary>How many reminders each silo keeps, by name.</summary>
    public Dictionary<string, int> Kept() => _cluster.Silos.ToDictionary(silo => silo.Name, silo => silo.ServiceProvider.GetRequiredService<LocalReminders>().Count);

    /// <summary>Moves the clock, waits until a condition holds, and until no tick is on its way.</summary>
    public async Task Advance(TimeSpan by, Func<bool> until, string what)
    {
        Time.Advance(by);
        await Eventually.Holds(until, what);
        await WaitForQuiet();
    }

    /// <summary>Waits until no tick is on its way: the next one of each reminder is scheduled by then.</summary>
    public Task WaitForQuiet() => Eventually.Holds(
        () => _cluster.Silos.All(silo => silo.ServiceProvider.GetRequiredService<LocalReminders>().TicksUnderWay == 0), "no tick is on its way");

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
