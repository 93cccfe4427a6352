using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;
using OrleansShop.Engine.Client;
using OrleansShop.Engine.Hosting;
using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Messaging.Transport;
using OrleansShop.Engine.Simulation.Grains;
using OrleansShop.Engine.Simulation.Network;
using OrleansShop.Engine.Simulation.Processes;
using OrleansShop.Engine.Simulation.Storage;
using OrleansShop.Engine.Simulation.Table;
using OrleansShop.Engine.Simulation.Tracing;

namespace OrleansShop.Engine.Simulation.Cluster;

/// <summary>Builds the hosts of a simulated cluster: as an application does, but for time, network, table and storage.</summary>
internal sealed class Hosts(SimulatedWorld world)
{
    public IHost Silo(SimulatedProcess process, SiloIdentity identity)
    {
        var builder = NewBuilder(process);
        builder.Services.AddSingleton<ILocalSiloDetails>(identity);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(Name);
            silo.Configure<EndpointOptions>(options => (options.AdvertisedIPAddress, options.SiloPort, options.GatewayPort) = (process.Address, SiloIdentity.SiloPort, SiloIdentity.GatewayPort));
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = world.Plan.ResponseTimeout);
            silo.Configure<ClusteringOptions>(Cluster);
        });
        ClusterServices.AddSilo(builder.Services, _ => Table(process));
        builder.Services.Replace(ServiceDescriptor.Singleton<IClusterTransport>(new SimulatedTransport(world.Network, process)));
        builder.Services.AddSingleton(new GrainSurroundings(process, world.Turns, new Random(process.Random.Next()), world.Plan.HasTimers));
        builder.Services.AddKeyedSingleton<IGrainStorage>(
            StorageClient.Name, (services, _) => new StorageClient(world.Storage, process, services.GetRequiredService<Serializer>(), world.FreezeAtWrite));
        if (world.Variant == Variant.NoLeaseCheck)
            builder.Services.Replace(ServiceDescriptor.Singleton(NeverEndingLease));
        return builder.Build();
    }

    public IHost Client(SimulatedProcess process)
    {
        var builder = NewBuilder(process);
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(Name);
            client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = world.Plan.ResponseTimeout);
            client.Services.Configure<ClusteringOptions>(Cluster);
        });
        builder.Services.Replace(ServiceDescriptor.Singleton<IClusterTransport>(new SimulatedTransport(world.Network, process)));
        builder.Services.Replace(ServiceDescriptor.Singleton<IGatewaySource>(new TableGateways(new TableClient(world.Table, process))));
        return builder.Build();
    }

    private HostApplicationBuilder NewBuilder(SimulatedProcess process)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<TimeProvider>(process.Clock);
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.AddLogging(logging =>
        {
            logging.ClearProviders();
            logging.SetMinimumLevel(world.Trace.IsFull ? LogLevel.Debug : LogLevel.None);
            if (world.Trace.IsFull)
                logging.AddProvider(new TraceLogs(world.Trace, process));
        });
        return builder;
    }

    private IViewTable Table(SimulatedProcess process)
    {
        var table = new TableClient(world.Table, process);
        return world.Variant == Variant.NoHandoffAcknowledgement ? new ForgedAcknowledgements(table) : table;
    }

    // The keeper believes that each renewal lasts for an hour.
    private LeaseKeeper NeverEndingLease(IServiceProvider services)
    {
        var options = new ClusteringOptions { LeaseDuration = TimeSpan.FromHours(1), HeartbeatPeriod = world.Plan.HeartbeatPeriod };
        return ActivatorUtilities.CreateInstance<LeaseKeeper>(services, services.GetRequiredService<ILocalSiloDetails>().SiloAddress, options);
    }

    private void Cluster(ClusteringOptions options)
    {
        options.HeartbeatPeriod = world.Plan.HeartbeatPeriod;
        options.LeaseDuration = world.Plan.LeaseDuration;
        options.HandoffTimeout = world.Plan.HandoffTimeout;
    }

    private static void Name(ClusterOptions options) => (options.ClusterId, options.ServiceId) = ("simulated", "simulated");

    /// <summary>A process that gets no signals: the world stops it.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
