using Orleans.Configuration;
using OrleansShop.Engine.Hosting;
using OrleansShop.Engine.Sqlite.GrainState;
using OrleansShop.ServiceDefaults.Indexing;
using OrleansShop.Strangler.Index;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>The built-in engine, with grain states and indexes in SQLite files: two for each service, in one folder.</summary>
internal static class SiloEngine
{
    public static void Configure(ISiloBuilder silo, SiloSettings settings, IReadOnlyList<GrainService> services)
    {
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (settings.ClusterId, settings.ServiceId));
        silo.Configure<EndpointOptions>(endpoints => (endpoints.SiloPort, endpoints.GatewayPort) = (settings.SiloPort, settings.GatewayPort));
        switch (settings.Membership)
        {
            case MembershipKind.File:
                silo.UseFileClustering(settings.MembershipFile!);
                break;
            case MembershipKind.Memory:
                silo.UseMemoryClustering();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(settings), settings.Membership, "This version does not know the membership.");
        }

        silo.Configure<GrainTypeOptions>(types => types.Classes.UnionWith(services.SelectMany(static service => service.GrainClasses)));
        foreach (var service in services)
        {
            silo.AddSqliteGrainStorage(service.Name, storage => storage.Path = Path.Combine(settings.DataFolder, $"{service.Name}.db"));
        }
    }

    public static IEntityIndex OpenIndex(SiloSettings settings, GrainService service, TimeProvider time) =>
        new SqliteEntityIndex(Path.Combine(settings.DataFolder, $"{service.Name}.index.db"), time);
}
