using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using OrleansShop.Testing.Time;

namespace OrleansShop.Engine.Tests.Activations.Watch;

/// <summary>A silo with a clock that stands still, a log that is kept, and grains that hold.</summary>
internal sealed class WatchedSilo : IAsyncDisposable
{
    private WatchedSilo()
    {
    }

    public TestSilo Silo { get; private set; } = null!;

    public ManualTimeProvider Time { get; } = new();

    public RecordedLog Log { get; } = new();

    public Gates Gates { get; } = new();

    public static async Task<WatchedSilo> StartAsync(Action<ISiloBuilder>? configure = null)
    {
        var watched = new WatchedSilo();
        watched.Silo = await TestSilo.StartAsync(
            silo =>
            {
                silo.Services.AddSingleton(watched.Gates);
                silo.Services.AddSingleton<ILoggerProvider>(watched.Log);
                silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromDays(1));
                configure?.Invoke(silo);
            },
            watched.Time);
        return watched;
    }

    public IHoldGrain Grain(long key) => Silo.Get<IHoldGrain>(key);

    public Task UntilEntered(long key, int count = 1) => Eventually.Holds(() => Gates.Of(key).EnteredCount >= count, $"{count} requests are in grain {key}");

    public ValueTask DisposeAsync()
    {
        for (var key = 0; key < 100; key++) Gates.Of(key).Open();
        return Silo.DisposeAsync();
    }
}
