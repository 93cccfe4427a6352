using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Runtime;
using Orleans.Versions;
using Orleans.Versions.Compatibility;
using Orleans.Versions.Selector;
using OrleansShop.Engine.Manifest;

namespace OrleansShop.Engine.Versions;

/// <summary>What a silo of a cluster needs to work with silos that have other versions of grain interfaces.</summary>
internal static class VersionServices
{
    public static void Add(IServiceCollection services)
    {
        AddRule<CompatibilityStrategy, ICompatibilityDirector>(services, BackwardCompatible.Singleton, new BackwardCompatibleDirector());
        AddRule<CompatibilityStrategy, ICompatibilityDirector>(services, AllVersionsCompatible.Singleton, new AllVersionsCompatibleDirector());
        AddRule<CompatibilityStrategy, ICompatibilityDirector>(services, StrictVersionCompatible.Singleton, new StrictVersionCompatibleDirector());
        AddRule<VersionSelectorStrategy, IVersionSelector>(services, AllCompatibleVersions.Singleton, new AllCompatibleVersionsSelector());
        AddRule<VersionSelectorStrategy, IVersionSelector>(services, LatestVersion.Singleton, new ExtremeVersionSelector(isLatest: true));
        AddRule<VersionSelectorStrategy, IVersionSelector>(services, MinimumVersion.Singleton, new ExtremeVersionSelector(isLatest: false));
        services.AddSingleton<VersionDirectors>();
        services.AddSingleton<VersionRules>();
        services.AddSingleton<VersionControl>();
        services.TryAddSingleton<IVersionStore, StoredVersionStrategies>();
        services.AddSingleton(new HostedGrainType(GrainType.Create(VersionStrategiesGrain.TypeName), typeof(VersionStrategiesGrain)));
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(static provider => provider.GetRequiredService<VersionControl>());
    }

    private static void AddRule<TStrategy, TDirector>(IServiceCollection services, TStrategy strategy, TDirector director)
        where TStrategy : class
        where TDirector : class
    {
        services.AddKeyedSingleton<TStrategy>(strategy.GetType().Name, strategy);
        services.AddKeyedSingleton<TDirector>(strategy.GetType(), director);
    }
}
