using System.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using OrleansShop.Clinic.Monolith;
using OrleansShop.Clinic.Visits;
using OrleansShop.Gateway;
using OrleansShop.Strangler.Bridge;

namespace OrleansShop.AppHost.Starting;

/// <summary>
/// Everything in one process, each part as its own application on its own loopback port: what they say to each other goes over HTTP, as it does when
/// they are separate processes.
/// <code>
///   1 monolith   its database, created and seeded at the first start
///   2 bridge     beside it
///   3 services   one silo with the grains of all four, and their HTTP APIs
///   4 gateway    in front
/// </code>
/// They start in this order and stop in the reverse.
/// </summary>
internal sealed class ClinicSystem : IAsyncDisposable
{
    private const string AnyLoopbackPort = "http://127.0.0.1:0";

    private readonly Stack<WebApplication> _started;

    private ClinicSystem(Stack<WebApplication> started) => _started = started;

    public required string Monolith { get; init; }

    public required string Bridge { get; init; }

    public required string Services { get; init; }

    public required IReadOnlyList<string> Gateway { get; init; }

    /// <summary>Where visit reminders go: a folder, or a mail server if one is configured.</summary>
    public required string Reminders { get; init; }

    /// <summary>How long the start took.</summary>
    public required TimeSpan StartDuration { get; init; }

    /// <summary>Starts everything.</summary>
    /// <param name="folder">Where it keeps its data.</param>
    /// <param name="gatewayUrls">Where the gateway listens, several addresses separated by ';'.</param>
    /// <param name="cancellationToken">Gives up; what has started stops again.</param>
    /// <exception cref="StartFailedException">A part cannot start.</exception>
    public static async Task<ClinicSystem> StartAsync(DataFolder folder, string gatewayUrls, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var started = new Stack<WebApplication>();
        try
        {
            var monolith = await StartAsync(started, "monolith", AnyLoopbackPort, configure => MonolithApplication.Create([], configure), new()
            {
                ["Database:Provider"] = "Sqlite",
                ["Database:ConnectionString"] = $"Data Source={folder.MonolithDatabase}",
            }, cancellationToken); // 1
            var bridge = await StartAsync(started, "bridge", AnyLoopbackPort, configure => BridgeApplication.Create([], configure), new()
            {
                ["Bridge:Database:Provider"] = "Sqlite",
                ["Bridge:Database:ConnectionString"] = $"Data Source={folder.MonolithDatabase}",
            }, cancellationToken); // 2
            var services = await StartAsync(started, "services", AnyLoopbackPort, GrainServices.Create, new()
            {
                ["Storage:DataFolder"] = folder.Services,
                ["Strangler:Bridge:Address"] = bridge[0],
            }, cancellationToken); // 3
            var reminders = VisitsService.PlaceOfReminders(started.Peek().Services);
            var gateway = await StartAsync(started, "gateway", gatewayUrls, configure => GatewayApplication.Create([], configure), new()
            {
                ["Gateway:Monolith"] = monolith[0],
                ["Gateway:DataFolder"] = folder.Gateway,
                ["Capabilities:owners:Service"] = services[0],
                ["Capabilities:pets:Service"] = services[0],
                ["Capabilities:vets:Service"] = services[0],
                ["Capabilities:visits:Service"] = services[0],
            }, cancellationToken); // 4
            return new ClinicSystem(started)
            {
                Monolith = monolith[0],
                Bridge = bridge[0],
                Services = services[0],
                Gateway = gateway,
                Reminders = reminders,
                StartDuration = watch.Elapsed,
            };
        }
        catch
        {
            await StopAsync(started);
            throw;
        }
    }

    /// <summary>Stops everything: the gateway first, so that nothing arrives any more, the monolith last.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(_started);

    private static async Task<IReadOnlyList<string>> StartAsync(
        Stack<WebApplication> started,
        string name,
        string urls,
        Func<Action<WebApplicationBuilder>, WebApplication> create,
        Dictionary<string, string?> settings,
        CancellationToken cancellationToken)
    {
        try
        {
            var application = create(builder => Embed(builder, urls, settings));
            started.Push(application);
            await application.StartAsync(cancellationToken);
            return [.. application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses];
        }
        catch (IOException busy)
        {
            throw new StartFailedException($"The {name} cannot listen on {urls}: {busy.Message} Choose another address with --urls, or stop what uses it.", busy);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new StartFailedException($"The {name} cannot start: {failure.Message}", failure);
        }
    }

    private static void Embed(WebApplicationBuilder builder, string urls, Dictionary<string, string?> settings)
    {
        // Below what the person who starts it sets in the environment; logs of the parts are kept to what needs attention.
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Logging:LogLevel:Default"] = "Warning" });
        builder.Configuration.AddEnvironmentVariables();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseUrls(urls);
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
    }

    private static async Task StopAsync(Stack<WebApplication> started)
    {
        while (started.TryPop(out var application))
        {
            await using (application)
            {
                await application.StopAsync(CancellationToken.None);
            }
        }
    }
}
