using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansShop.Benchmarks.Running;
using OrleansShop.Gateway;
using Yarp.ReverseProxy.Configuration;

namespace OrleansShop.Benchmarks.Gateway;

/// <summary>The same requests through the gateway and through YARP with nothing else, to a backend that answers at once.</summary>
internal sealed class GatewayOverhead : IBenchmark
{
    private const int Callers = 16;
    private const string Path = "/petclinic/api/owners/1";

    private static readonly byte[] Answer = new byte[512];

    public string Name => "gateway";

    public string Question => "requests/s through the gateway and through bare YARP, 16 in flight";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("bench-gateway-");
        await using var backend = await StartAsync(Backend());
        await using var bare = await StartAsync(BareYarp(Address(backend)));
        await using var gateway = await StartAsync(Gateway(Address(backend), folder.FullName));

        var throughBare = await RequestsAsync(Address(bare), options);
        var throughGateway = await RequestsAsync(Address(gateway), options);

        folder.Delete(recursive: true);
        return
        [
            .. throughBare.As("through bare YARP"), .. throughGateway.As("through the gateway"),
            new("gateway as a share of bare YARP", throughGateway.CallsPerSecond / throughBare.CallsPerSecond, "ratio"),
        ];
    }

    internal static async Task<LoopResult> RequestsAsync(string address, RoundOptions options, Func<int, int, string>? path = null)
    {
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        return await ClosedLoops.RunAsync(Callers, options, async (caller, count) =>
        {
            using var answer = await client.GetAsync(path?.Invoke(caller, count) ?? Path);
            answer.EnsureSuccessStatusCode();
            await answer.Content.CopyToAsync(Stream.Null);
        });
    }

    private static WebApplication Backend()
    {
        var app = Quiet(WebApplication.CreateSlimBuilder()).Build();
        app.Run(async context =>
        {
            context.Response.ContentLength = Answer.Length;
            await context.Response.Body.WriteAsync(Answer);
        });
        return app;
    }

    private static WebApplication BareYarp(string backend)
    {
        var builder = Quiet(WebApplication.CreateBuilder());
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = "backend", Match = new RouteMatch { Path = "{**rest}" } }],
            [new ClusterConfig { ClusterId = "backend", Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = backend } } }]);
        var app = builder.Build();
        app.MapReverseProxy();
        return app;
    }

    private static WebApplication Gateway(string backend, string folder) => GatewayApplication.Create([], builder =>
    {
        Quiet(builder);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Gateway:Monolith"] = backend,
            ["Gateway:DataFolder"] = folder,
        });
    });

    private static WebApplicationBuilder Quiet(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder;
    }

    private static async Task<WebApplication> StartAsync(WebApplication app)
    {
        await app.StartAsync();
        return app;
    }

    private static string Address(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
}
