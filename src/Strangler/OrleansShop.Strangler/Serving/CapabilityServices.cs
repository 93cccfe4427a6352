using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Moving;
using OrleansShop.Strangler.Phases;

namespace OrleansShop.Strangler.Serving;

/// <summary>Adds what a grain service needs to serve a capability.</summary>
public static class CapabilityServices
{
    /// <summary>
    /// Adds the catalog (once) and, under the capability's name as their key, <see cref="ServedCapability"/>, <see cref="ICapabilityView"/>, <see cref="IndexedContent"/>,
    /// and what orders and moves need. Several capabilities may live in one process. Needs <see cref="IGrainFactory"/>, a <see cref="TimeProvider"/> and
    /// <see cref="BridgeClient.MonolithBridgeServices.AddMonolithBridge"/>.
    /// </summary>
    /// <typeparam name="TGrain">The service's own interface of the grain that keeps the phase.</typeparam>
    /// <typeparam name="TContent">What the service holds; made once.</typeparam>
    /// <param name="services">The services of the process.</param>
    /// <param name="capability">The name of the capability.</param>
    public static IServiceCollection AddCapability<TGrain, TContent>(this IServiceCollection services, string capability)
        where TGrain : ICapabilityGrain
        where TContent : IndexedContent
    {
        services.TryAddSingleton(static provider => CapabilityCatalog.Read(provider.GetRequiredService<IConfiguration>()));
        services.AddKeyedSingleton(capability, (provider, _) =>
        {
            var grains = provider.GetRequiredService<IGrainFactory>();
            return new ServedCapability(
                provider.GetRequiredService<CapabilityCatalog>().Get(capability), () => grains.GetGrain<TGrain>(capability));
        });
        services.AddKeyedSingleton<ICapabilityView>(capability, static (provider, name) =>
        {
            var served = provider.GetRequiredKeyedService<ServedCapability>(name);
            return new CapabilityView(() => served.Grain, provider.GetRequiredService<TimeProvider>());
        });
        services.AddKeyedSingleton<IndexedContent>(capability, static (provider, _) => ActivatorUtilities.CreateInstance<TContent>(provider));
        return services.AddMoves(capability);
    }
}
