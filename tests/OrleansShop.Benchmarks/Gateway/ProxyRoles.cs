using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansShop.Gateway;
using Yarp.ReverseProxy.Configuration;

namespace OrleansShop.Benchmarks.Gateway;

/// <summary>A backend that answers at once, and the two proxies in front of it that are compared. Each is a process of its own.</summary>
internal static class ProxyRoles
{
    private static readonly byte[] Answer = new byte[512];

    /// <summary>The monolith and every service at once: owners are in Canary at 50 %, the other capabilities in Monolith.</summary>
    public static WebApplication Backend()
    {
        var app = Quiet(WebApplication.CreateSlimBuilder()).Build();
        app.MapGet("/strangler/{capability}", static (string capability) => TypedResults.Text(
            capability == "owners"
                ? """{"capability":"owners","phase":"Canary","epoch":2,"changedAt":null,"by":null,"percent":50}"""
                : $$"""{"capability":"{{capability}}","phase":"Monolith","epoch":0,"changedAt":null,"by":null}""",
            "application/json"));
        app.MapFallback(static async context =>
        {
            context.Response.ContentLength = Answer.Length;
            await context.Response.Body.WriteAsync(Answer);
        });
        return app;
    }

    /// <summary>YARP with nothing else.</summary>
    public static WebApplication BareYarp(string backend)
    {
        var builder = Quiet(WebApplication.CreateBuilder());
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = "backend", Match = new RouteMatch { Path = "{**rest}" } }],
            [new ClusterConfig { ClusterId = "backend", Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = backend } } }]);
        var app = builder.Build();
        app.MapReverseProxy();
        return app;
    }

    /// <summary>The gateway, with the manifest of the clinic.</summary>
    public static WebApplication Gateway(string backend, string folder) => GatewayApplication.Create([], builder =>
    {
        Quiet(builder);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Gateway:Monolith"] = backend,
            ["Gateway:DataFolder"] = folder,
            ["Capabilities:owners:Service"] = backend,
            ["Capabilities:pets:Service"] = backend,
            ["Capabilities:vets:Service"] = backend,
            ["Capabilities:visits:Service"] = backend,
        });
    });

    private static WebApplicationBuilder Quiet(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder;
    }
}
