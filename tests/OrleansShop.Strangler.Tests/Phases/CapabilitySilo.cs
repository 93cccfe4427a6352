using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Serving;
using OrleansShop.Strangler.Tests.Capabilities;
using OrleansShop.Strangler.Tests.Moving;

namespace OrleansShop.Strangler.Tests.Phases;

/// <summary>A silo that hosts one capability grain over storage that outlives it.</summary>
internal sealed class CapabilitySilo : IAsyncDisposable
{
    private readonly IHost _host;

    private CapabilitySilo(IHost host) => _host = host;

    internal IBooksCapabilityGrain Grain => _host.Services.GetRequiredService<IGrainFactory>().GetGrain<IBooksCapabilityGrain>("books");

    internal static async Task<CapabilitySilo> StartAsync(IGrainStorage storage)
    {
        var monolith = new LedgeredMonolith();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddKeyedSingleton("books", storage);
        builder.Services.AddSingleton<IConfiguration>(Library.Configuration());
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IMonolithBridge>(monolith);
        builder.Services.AddSingleton<IOwnershipLedger>(monolith);
        builder.Services.AddCapability<IBooksCapabilityGrain, NoContent>("books");
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

    private sealed class NoContent() : IndexedContent(new Dictionary<string, Func<EntityId, IMigratableGrain>>());
}

/// <summary>What a service writes to have a capability grain: an interface, and a class with a place to store it.</summary>
public interface IBooksCapabilityGrain : ICapabilityGrain;

internal sealed class BooksCapabilityGrain([PersistentState("capability", "books")] IPersistentState<CapabilityRecord> record, TimeProvider time)
    : CapabilityGrain(record, time), IBooksCapabilityGrain;
