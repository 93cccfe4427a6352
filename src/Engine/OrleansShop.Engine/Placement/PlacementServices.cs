using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using OrleansShop.Engine.Messaging;
using OrleansShop.Engine.Versions;

namespace OrleansShop.Engine.Placement;

/// <summary>What a silo of a cluster needs for grains that do not live with their owner.</summary>
internal static class PlacementServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<Redirects>();
        services.AddSingleton<IPlacementFrames>(static provider => provider.GetRequiredService<Redirects>());
        services.AddSingleton<PlacementDirectors>();
        VersionServices.Add(services);
        services.AddKeyedSingleton<IPlacementDirector, SiloRoleDirector>(typeof(SiloRoleBasedPlacement));
        services.AddKeyedSingleton<IPlacementDirector, PreferLocalDirector>(typeof(PreferLocalPlacement));
    }
}
