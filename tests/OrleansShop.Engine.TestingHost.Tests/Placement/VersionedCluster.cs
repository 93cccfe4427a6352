using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using OrleansShop.Engine.TestingHost.Tests.Grains;
using OrleansShop.Engine.Versions;

namespace OrleansShop.Engine.TestingHost.Tests.Placement;

/// <summary>Clusters whose silos have different versions of grain interfaces.</summary>
internal static class VersionedCluster
{
    /// <summary>How many grains are called, so that each silo owns some.</summary>
    public const int Grains = 40;

    /// <summary>Starts silos that have version 1 or 2 of the interfaces, by their number.</summary>
    public static async Task<InProcessTestCluster> Start(short silos, Func<int, int> versionOf, Action<ISiloBuilder>? configure = null)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((options, silo) =>
        {
            if (versionOf(NumberOf(options.SiloName)) == 1)
            {
                silo.Services.AddSingleton(new InterfaceVersions(new Dictionary<Type, (ushort, string[])>
                {
                    [typeof(IVersionedGrain)] = (1, [nameof(IVersionedGrain.NewInTwo)]),
                    [typeof(ISecondVersionedGrain)] = (1, []),
                }));
            }

            configure?.Invoke(silo);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    /// <summary>Where the grains of a test live, called from one silo.</summary>
    public static Task<SiloAddress[]> Answers(InProcessSiloHandle caller, string test) =>
        Task.WhenAll(Enumerable.Range(0, Grains).Select(i => Factory(caller).GetGrain<IVersionedGrain>($"{test}-{i}").Where()));

    public static IGrainFactory Factory(InProcessSiloHandle silo) => silo.ServiceProvider.GetRequiredService<IGrainFactory>();

    private static int NumberOf(string siloName) => int.Parse(siloName.Split('_')[^1], CultureInfo.InvariantCulture);
}
