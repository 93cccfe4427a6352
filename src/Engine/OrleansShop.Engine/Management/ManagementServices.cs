using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Manifest;

namespace OrleansShop.Engine.Management;

/// <summary>What each silo has so that the management grain can ask it.</summary>
internal static class ManagementServices
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton<SystemTargets>();
        services.AddSingleton(provider => new KeyedProviders(services, provider));
        services.TryAddSingleton(static provider => ActivatorUtilities.CreateInstance<SiloControl>(provider));
        services.AddSingleton(new HostedGrainType(GrainType.Create(ManagementGrain.TypeName), typeof(ManagementGrain)));
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, SiloControlStart>();
    }

    /// <summary>Has the silo answer from before others can call it.</summary>
    private sealed class SiloControlStart(SiloControl control) : ILifecycleParticipant<ISiloLifecycle>
    {
        // It takes calls from when it is made.
        public void Participate(ISiloLifecycle lifecycle) => GC.KeepAlive(control);
    }
}
