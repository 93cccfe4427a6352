using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using OrleansShop.Engine.Hosting;
using OrleansShop.ServiceDefaults.Health;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>The built-in engine.</summary>
internal static class SiloEngine
{
    public static void Configure(ISiloBuilder silo, SiloSettings settings, IReadOnlyList<ServiceGrains> services)
    {
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (settings.ClusterId, settings.ServiceId));
        silo.Configure<EndpointOptions>(endpoints => (endpoints.SiloPort, endpoints.GatewayPort) = (settings.SiloPort, settings.GatewayPort));
        SiloEndpoints.Configure(silo, settings);

        // Before clustering, whose section of the configuration is read after this: it may ask for less, and is told if it asks for more.
        silo.Services.AddOptions<ClusteringOptions>()
            .Configure<IOptions<ShutdownOptions>>(static (clustering, shutdown) => clustering.HandoffTimeout = StopBudget.Of(shutdown.Value).Handoff);
        silo.Services.AddSingleton<IValidateOptions<ClusteringOptions>, HandoffFitsShutdown>();
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
        SiloStreams.Add(silo, settings);
        SiloDeadLetters.Add(silo, settings);
    }

    /// <summary>Tells a client where the cluster is.</summary>
    public static void ConfigureClient(IClientBuilder client, SiloSettings settings)
    {
        client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (settings.ClusterId, settings.ServiceId));
        switch (settings.Membership)
        {
            case MembershipKind.File:
                client.UseFileClustering(settings.MembershipFile!);
                break;
            case MembershipKind.DynamoDB:
                SiloClustering.UseDynamoDB(client, settings.DynamoDB);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(settings), settings.Membership, "No other process can be a client of such a cluster.");
        }
    }

    /// <summary>Adds an <see cref="IGrainOwners"/> that follows the cluster.</summary>
    public static void AddGrainOwners(IServiceCollection services, SiloSettings settings)
    {
        if (settings.Membership == MembershipKind.Memory)
        {
            services.TryAddSingleton<IGrainOwners, NoGrainOwners>();
            return;
        }

        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ClusterGrainOwners>(provider, settings));
        services.AddSingleton<IGrainOwners>(static provider => provider.GetRequiredService<ClusterGrainOwners>());
        services.AddHostedService(static provider => provider.GetRequiredService<ClusterGrainOwners>());
    }

    /// <summary>Whether the silo does not hold its lease, which is why it stops, if it does.</summary>
    public static bool HasLostMembership(IServiceProvider services) =>
        services.GetServices<IHealthCheckParticipant>().Any(static part => !part.CheckHealth(DateTime.MinValue, out _));
}
