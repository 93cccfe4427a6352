using Orleans.Configuration;

namespace OrleansShop.Engine.Tests.Storage;

/// <summary>Gives a silo a cluster of its own: the silos of one cluster in one process share what is stored in memory.</summary>
internal static class OwnCluster
{
    private static int s_last;

    public static ISiloBuilder InOwnCluster(this ISiloBuilder silo)
    {
        var name = $"own-{Interlocked.Increment(ref s_last)}";
        return silo.Configure<ClusterOptions>(options => options.ClusterId = name);
    }
}
