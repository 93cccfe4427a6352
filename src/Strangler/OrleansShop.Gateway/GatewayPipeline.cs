using OrleansShop.Gateway.Admin;
using OrleansShop.Gateway.Admission;
using OrleansShop.Gateway.Diagnostics;
using OrleansShop.Gateway.Figures;
using OrleansShop.Gateway.Following;
using OrleansShop.Gateway.Forwarding;
using OrleansShop.Gateway.Mirroring;
using OrleansShop.Gateway.Ownership;
using OrleansShop.Gateway.Phases;
using OrleansShop.Gateway.Repair;
using OrleansShop.Gateway.Routing;
using OrleansShop.Gateway.Settings;
using OrleansShop.Gateway.Streams;
using OrleansShop.ServiceDefaults.Health;
using OrleansShop.ServiceDefaults.Silos;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.Gateway;

/// <summary>
/// The road of an HTTP request.
/// <code>
///  client
///    │  1 limits      headers and body are counted                        400, 408, 413, 431
///    │  2 match       one template for the path                           404
///    │  3 admission   the path has one reading                            400
///    │                the method is one of the template's                 405 with Allow
///    │  4 phase       one volatile read, in Canary a hash of the
///    │                entity's id, decides the side
///    │  5 forward     the process that owns the entity, else any ready    502, 503, 504
///    │                process of that side, the next if it
///    │                cannot be connected to; where entities move, the
///    │                other side, if that one turns out to be the owner
///    │  6 answer      relayed as it comes, compressed on the way
///    ▼
///  monolith or grain service
/// </code>
/// Steps 3 (method) to 5 are in <see cref="CapabilityRequests"/>, what 5 does for writes while entities move in <see cref="RequestRepair"/>; paths under the base path that belong to no capability go from 3 to 5, to the monolith.
/// </summary>
internal static class GatewayPipeline
{
    public static void AddGateway(this WebApplicationBuilder builder)
    {
        var settings = GatewaySettings.Read(builder.Configuration);
        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton(settings.Forwarding);
        services.AddSingleton(settings.Catalog);

        // Admission, routing and phases.
        services.AddSingleton<RouteTable>();
        services.AddSingleton<CapabilityRequests>();
        services.AddSingleton<MonolithRequests>();
        services.AddSingleton<PhaseBook>();

        // Forwarding.
        services.AddHttpForwarder();
        services.AddSingleton<Backends>();
        services.AddSingleton<BackendConnections>();
        services.AddSingleton(new ForwardedHeaders(settings.TrustedProxies));
        services.AddSingleton<RequestForwarding>();
        services.AddHostedService<HealthProbes>();
        Compression.Add(services);

        // Ownership.
        builder.AddGrainOwners(settings.OwnerRouting.Enabled ? settings.Cluster : new SiloSettings());
        services.AddSingleton(settings.OwnerRouting);
        services.AddSingleton<OwnerRouting>();

        // Following, figures and repair.
        services.AddSingleton<ServiceStatuses>();
        services.AddSingleton<CapabilityFigures>();
        services.AddSingleton<FigureReports>();
        services.AddSingleton<PhaseFollower>();
        services.AddHostedService(static provider => provider.GetRequiredService<PhaseFollower>());
        services.AddSingleton<ServiceEndpoint>();
        services.AddSingleton<EntityPlaces>();
        services.AddSingleton<RequestRepair>();

        // Mirroring.
        services.AddSingleton<ShadowMirror>();
        services.AddHostedService(static provider => provider.GetRequiredService<ShadowMirror>());

        // Admin and diagnostics.
        services.AddOpenApi();
        services.AddSingleton<CapabilityOrders>();
        services.AddSingleton<CapabilityReport>();
        services.AddSingleton<StreamCalls>();
        services.AddSingleton<StreamReport>();
        services.ConfigureHttpJsonOptions(static json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, AdminJson.Default));
        services.AddSingleton<GatewayMetrics>();
        services.AddHealthChecks().AddCheck<GatewayCheck>("gateway", tags: [HealthEndpoints.ReadyTag]);
    }

    public static void MapGateway(this WebApplication app)
    {
        app.UseMiddleware<AdmissionMiddleware>();
        app.UseResponseCompression();
        app.UseMiddleware<AdminAccess>();
        AdminApi.Map(app);

        var requests = app.Services.GetRequiredService<CapabilityRequests>();
        var routes = app.Services.GetRequiredService<RouteTable>();
        foreach (var path in routes.Paths)
        {
            app.Map(path.Template, http => requests.HandleAsync(http, path));
        }

        var catalog = app.Services.GetRequiredService<CapabilityCatalog>();
        var forwardedHeaders = app.Services.GetRequiredService<ForwardedHeaders>();
        foreach (var legacy in catalog.Capabilities.SelectMany(static capability => capability.LegacyRoutes))
        {
            var path = LegacyPath.From(legacy, routes, forwardedHeaders);
            app.Map(path.Template, http => requests.HandleLegacyAsync(http, path));
        }

        var monolith = app.Services.GetRequiredService<MonolithRequests>();
        app.Map($"{catalog.BasePath}/{{**rest}}", monolith.HandleAsync);
    }
}
