using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using OrleansShop.Strangler.Phases;
using OrleansShop.Testing.Time;

namespace OrleansShop.Strangler.Tests.Phases;

/// <summary>A silo that hosts one capability grain over storage that outlives it, on a clock of the grain's own.</summary>
internal sealed class CapabilitySilo : IAsyncDisposable
{
    private readonly IHost _host;

    private CapabilitySilo(IHost host) => _host = host;

    internal ManualTimeProvider Time => _host.Services.GetRequiredService<ManualTimeProvider>();

    internal IBooksCapabilityGrain Grain => _host.Services.GetRequiredService<IGrainFactory>().GetGrain<IBooksCapabilityGrain>("books");

    internal static async Task<CapabilitySilo> StartAsync(IGrainStorage storage)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton<ManualTimeProvider>();
        builder.Services.AddKeyedSingleton("books", storage);
        builder.UseOrleans(static silo => silo.UseLocalhostClustering(siloPort: 0, gatewayPort: 0, clusterId: $"books-{Guid.NewGuid():N}"));
        var silo = new CapabilitySilo(builder.Build());
        await silo._host.StartAsync();
        return silo;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}

/// <summary>What a service writes to have a capability grain: an interface, and a class with a place to store it.</summary>
public interface IBooksCapabilityGrain : ICapabilityGrain;

internal sealed class BooksCapabilityGrain([PersistentState("capability", "books")] IPersistentState<CapabilityRecord> record, ManualTimeProvider time)
    : CapabilityGrain(record, time), IBooksCapabilityGrain;
