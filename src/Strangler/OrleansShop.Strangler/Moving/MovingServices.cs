using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Switching;

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
        services.AddHttpClient(SiblingsClient).ConfigureHttpClient(static http => http.Timeout = SiblingStatuses.Timeout);
        services.TryAddSingleton(static provider => new SiblingStatuses(
            provider.GetRequiredService<CapabilityCatalog>(),
            new CapabilityServiceClient(
                provider.GetRequiredService<IHttpClientFactory>().CreateClient(SiblingsClient), provider.GetRequiredService<IConfiguration>()[SwitchRequest.AdminKeyKey])));

        // Null: without a ledger and grains that can be moved, the capability takes no orders.
        services.AddKeyedSingleton<CapabilityMoves>(capability, static (provider, name) =>
            provider.GetService<IOwnershipLedger>() is { } ledger && provider.GetKeyedService<ICapabilityContent>(name) is IndexedContent content
                ? ActivatorUtilities.CreateInstance<CapabilityMoves>(provider, provider.GetRequiredKeyedService<ServedCapability>(name).Manifest, ledger, new MovingGrains(content))
                : null!);
        services.AddKeyedSingleton<Verification>(capability, static (provider, name) =>
            provider.GetKeyedService<CapabilityMoves>(name) is { } moves ? new Verification(moves) : null!);
        services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<CapabilityKeeper>(provider, provider.GetRequiredKeyedService<ServedCapability>(capability)));
        return services;
    }
}
