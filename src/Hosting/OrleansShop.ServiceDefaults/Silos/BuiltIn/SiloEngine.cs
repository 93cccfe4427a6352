using Orleans.Configuration;
using OrleansShop.Engine.Hosting;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>The built-in engine.</summary>
internal static class SiloEngine
{
    public static void Configure(ISiloBuilder silo, SiloSettings settings, IReadOnlyList<ServiceGrains> services)
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
            case MembershipKind.DynamoDB:
                SiloClustering.UseDynamoDB(silo, settings.DynamoDB);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(settings), settings.Membership, "This version does not know the membership.");
        }

        silo.Configure<GrainTypeOptions>(types => types.Classes.UnionWith(services.SelectMany(static service => service.GrainClasses)));
        SiloStorage.Add(silo, settings, services);
    }
}
