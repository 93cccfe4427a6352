using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Messaging;
using Orleans.Runtime;
using OrleansShop.Engine.Client;

namespace OrleansShop.Engine.Hosting;

/// <summary>The services of a client.</summary>
internal static class ClientServices
{
    /// <summary>Adds a client to a host's services, once, and lets the application configure it.</summary>
    public static void Add(IServiceCollection services, IConfiguration? configuration, Action<IClientBuilder> configure)
    {
        if (services.Any(static service => service.ServiceType == typeof(SiloBuilder)))
        {
            throw new OrleansConfigurationException(
                "A client was added to a host that has a silo. The silo's own client is there already: take IClusterClient or IGrainFactory from the services.");
        }

        if (services.FirstOrDefault(static service => service.ServiceType == typeof(ClientBuilder))?.ImplementationInstance is ClientBuilder known)
        {
            configure(known);
            return;
        }

        StartAhead.Begin(services);
        var section = configuration?.GetSection(SiloServices.ConfigurationSection) ?? new ConfigurationBuilder().Build().GetSection(SiloServices.ConfigurationSection);
        var builder = new ClientBuilder(services, section);
        services.AddSingleton(builder);
        services.Configure<ClusterOptions>(section);
        services.Configure<ClientMessagingOptions>(section.GetSection("Messaging"));
        services.TryAddSingleton<MessagingOptions>(static provider => provider.GetRequiredService<IOptions<ClientMessagingOptions>>().Value);
        services.TryAddSingleton(static _ => ProcessIdentity.OfClient(ClientIds.Next()));
        configure(builder);
        CallServices.Add(services);
        ClusterServices.AddClient(services);
        services.TryAddSingleton<IGatewaySource>(static provider => new ListedGateways(provider.GetService<IGatewayListProvider>() ?? throw new OrleansConfigurationException(
            "The client does not know where its cluster is. Call UseLocalhostClustering or UseStaticClustering on the client builder.")));
        services.AddSingleton<ClientHost>();
        services.AddSingleton<IHostedService>(static provider =>
        {
            StartAhead.Continue(provider);
            return provider.GetRequiredService<ClientHost>();
        });
    }
}
