using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansShop.ServiceDefaults.Health;
using OrleansShop.ServiceDefaults.Telemetry;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Outbox;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>
/// The one place that chooses engine and storage. A process adds its services, then its silo; which engine that is, and what only that engine has, is in the
/// folder of the engine beside this file.
/// </summary>
public static class SiloSetup
{
    /// <summary>
    /// Adds a service: its grain classes, its grain storage, and its index, which is then there under the service's name as an <see cref="IEntityIndex"/> and as a
    /// <see cref="SettledIndex"/>, with the marks of its outboxes as an <see cref="IOutboxMarkTable"/>. Call it before <see cref="AddSilo"/>.
    /// </summary>
    public static WebApplicationBuilder AddServiceGrains(this WebApplicationBuilder builder, ServiceGrains service)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(service);
        if (ServicesOf(builder).Any(other => other.Name == service.Name))
        {
            throw new InvalidOperationException($"The service {service.Name} was added before.");
        }

        var settings = SiloSettings.Read(builder.Configuration);
        builder.Services.AddSingleton(service);
        builder.Services.AddKeyedSingleton(service.Name, (provider, _) => SiloStorage.OpenIndex(settings, service, provider));
        builder.Services.AddKeyedSingleton<IEntityIndex>(service.Name, static (provider, name) => provider.GetRequiredKeyedService<ServiceIndex>(name).Entries);
        builder.Services.AddKeyedSingleton<IOutboxMarkTable>(service.Name, static (provider, name) => provider.GetRequiredKeyedService<ServiceIndex>(name).Marks);
        builder.Services.AddKeyedSingleton(service.Name, static (provider, name) =>
            new SettledIndex(provider.GetRequiredKeyedService<IEntityIndex>(name), provider.GetRequiredService<ILogger<SettledIndex>>()));
        return builder;
    }

    /// <summary>
    /// Adds the process's silo, which hosts the services that were added, with its checks: <c>/health/ready</c> says whether it is active, and both <c>/health/live</c> and
    /// <c>/health/ready</c> whether it is well, which on the built-in engine is that it holds its lease.
    /// </summary>
    /// <exception cref="SiloConfigurationException">The configuration is wrong; the exception lists every fault.</exception>
    public static WebApplicationBuilder AddSilo(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = ServicesOf(builder);
        if (services.Count == 0)
        {
            throw new InvalidOperationException($"A silo without grains: call {nameof(AddServiceGrains)} before {nameof(AddSilo)}.");
        }

        var settings = SiloSettings.Read(builder.Configuration);
        builder.UseOrleans(silo =>
        {
            SiloEngine.Configure(silo, settings, services);
            if (TelemetrySetup.IsExported(builder.Configuration)) silo.AddActivityPropagation();
        });
        builder.Services.AddEventPublishing().AddHostedService<OutboxSweeper>();
        builder.Services.AddSingleton<ActiveSiloCheck>();
        builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(static provider => provider.GetRequiredService<ActiveSiloCheck>());
        builder.Services.AddSingleton<SiloHealthCheck>();
        builder.Services.AddHealthChecks()
            .AddCheck<ActiveSiloCheck>("silo-active", tags: [HealthEndpoints.ReadyTag])
            .AddCheck<SiloHealthCheck>("silo-health", tags: [HealthEndpoints.LiveTag, HealthEndpoints.ReadyTag]);
        return builder;
    }

    /// <summary>
    /// Whether the silo makes the process stop because its cluster has declared it dead. Ask when the application begins to stop: its process should then end with another code than 0, so that
    /// whoever started it sees that this was no ordinary stop.
    /// </summary>
    public static bool HasLostMembership(this WebApplication application)
    {
        ArgumentNullException.ThrowIfNull(application);
        return SiloEngine.HasLostMembership(application.Services);
    }

    private static List<ServiceGrains> ServicesOf(WebApplicationBuilder builder) =>
        [.. builder.Services.Select(static service => service.IsKeyedService ? null : service.ImplementationInstance).OfType<ServiceGrains>()];
}
