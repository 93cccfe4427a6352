using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Replication;
using OrleansShop.Strangler.Rollout;
using OrleansShop.Strangler.Serving;

namespace OrleansShop.Strangler.Moving;

/// <summary>Adds what orders and moves need.</summary>
internal static class MovingServices
{
    private const string SiblingsClient = "Strangler:Siblings";

    internal static IServiceCollection AddMoves(this IServiceCollection services, string capability)
    {
        services.AddMetrics();
        services.TryAddSingleton<MoveMetrics>();
        services.AddOptions<MovingOptions>().BindConfiguration(MovingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RolloutOptions>().BindConfiguration(RolloutOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpClient(SiblingsClient).ConfigureHttpClient(static http => http.Timeout = SiblingStatuses.Timeout);
        services.TryAddSingleton(static provider => new SiblingStatuses(
            provider.GetRequiredService<CapabilityCatalog>(),
            new CapabilityServiceClient(
                provider.GetRequiredService<IHttpClientFactory>().CreateClient(SiblingsClient), provider.GetRequiredService<IConfiguration>()[ServiceKey.ConfigurationKey])));

        services.AddKeyedSingleton(capability, static (provider, name) =>
        {
            var manifest = provider.GetRequiredKeyedService<ServedCapability>(name).Manifest;
            var content = provider.GetRequiredKeyedService<IndexedContent>(name);
            var behind = manifest.Replication == ReplicationMode.Lag ? new BehindEntities(content, provider.GetRequiredKeyedService<IEntityIndex>(name)) : null;
            return new CapabilityMoves(
                manifest,
                provider.GetRequiredService<IOwnershipLedger>(),
                provider.GetRequiredService<IMonolithBridge>(),
                new MovingGrains(manifest, content),
                behind,
                provider.GetRequiredService<SiblingStatuses>(),
                provider.GetRequiredService<IOptions<MovingOptions>>(),
                provider.GetRequiredService<MoveMetrics>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<CapabilityMoves>>());
        });
        services.AddKeyedSingleton(capability, static (provider, name) => new Verification(provider.GetRequiredKeyedService<CapabilityMoves>(name)));
        services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<CapabilityKeeper>(provider, provider.GetRequiredKeyedService<ServedCapability>(capability)));
        return services;
    }
}
