using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Clinic.Hosting.Failures;
using OrleansShop.Clinic.Hosting.Users;
using OrleansShop.Clinic.Http;
using OrleansShop.Clinic.Http.Answers;
using OrleansShop.Clinic.Http.Configuration;
using OrleansShop.Clinic.Http.Limits;
using OrleansShop.Clinic.Http.Problems;
using OrleansShop.Clinic.Http.Security;
using OrleansShop.ServiceDefaults.Silos;
using OrleansShop.ServiceDefaults.Streams;
using OrleansShop.Strangler.Admission;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Outbox;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Serving;

namespace OrleansShop.Clinic.Hosting;

/// <summary>
/// What the four grain services have in common: what each adds to its process, and where its endpoints stand. Several services may share one process; what they
/// share is then added once.
/// </summary>
internal static class ClinicService
{
    private const string PipelineKey = "OrleansShop.Clinic.Pipeline";

    /// <summary>Adds a service: the API's pipeline, the bridge, the grains with storage and index, and the capability.</summary>
    /// <typeparam name="TCapability">The service's own interface of the grain that keeps the phase.</typeparam>
    /// <typeparam name="TContent">What the service holds.</typeparam>
    public static void AddClinicService<TCapability, TContent>(this WebApplicationBuilder builder, string name)
        where TCapability : ICapabilityGrain
        where TContent : IndexedContent
    {
        if (!builder.Services.Any(static service => service.ServiceType == typeof(ApiOptions))) AddOnce(builder);

        builder.AddServiceGrains(ServiceGrains.Of(name, typeof(TContent).Assembly));
        builder.Services.AddCapability<TCapability, TContent>(name).AddSweptOutboxes(name);
    }

    /// <summary>Puts the API's pipeline before the endpoints, once, maps what gateways ask of the capability, and returns the group that the service's part of the contract is mapped on.</summary>
    public static RouteGroupBuilder MapClinicService(this WebApplication application, string name)
    {
        if (((IApplicationBuilder)application).Properties.TryAdd(PipelineKey, true)) UseOnce(application);

        application.MapCapability(name);
        return application.MapGroup(ClinicApi.BasePath).RequireCapability(name);
    }

    private static void AddOnce(WebApplicationBuilder builder)
    {
        builder.Services.AddClinicApi(ServiceSettings.Read(builder.Configuration).Api);
        builder.Services.AddMonolithBridge();
        builder.Services.AddSingleton<IForeseenFailures, ServiceFailures>();
        builder.Services.AddSingleton<IUserDirectory, BridgeUsers>();

        // The API answers what is too large with a problem of its own; only a flood meets the server's limits.
        builder.Services.PostConfigure<KestrelServerOptions>(RequestLimits.Relax);
    }

    private static void UseOnce(WebApplication application)
    {
        application.UseClinicApi();
        application.Use(LimitOtherBodies);
        application.MapStreamOperations();
    }

    /// <summary>Endpoints outside the API read their bodies without looking at its limit; the server keeps it for them.</summary>
    private static Task LimitOtherBodies(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.Path.StartsWithSegments(ClinicApi.BasePath) && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = http.RequestServices.GetRequiredService<ApiOptions>().MaxRequestBodyBytes;
        }

        return next(http);
    }
}
