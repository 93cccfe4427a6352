using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using OrleansShop.Gateway;
using OrleansShop.Testing.Network;

namespace OrleansShop.EndToEnd.Tests.Rollout;

/// <summary>A second gateway, whose road to the owners' service goes through this process: requests of clients can be made to fail on it, before they reach the service, or to be slow. What operators and gateways ask passes.</summary>
internal sealed class FaultyRoad : IAsyncDisposable
{
    private readonly WebApplication _road;
    private readonly WebApplication _gateway;
    private readonly HttpClient _onward = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("second-gateway-");

    private FaultyRoad(Uri monolith, Uri services)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{FreePort.Next()}");
        _road = builder.Build();
        _road.Map("/{**path}", http => PassAsync(http, services));

        _gateway = GatewayApplication.Create([], configure =>
        {
            configure.Logging.ClearProviders();
            configure.WebHost.UseUrls($"http://127.0.0.1:{FreePort.Next()}");
            configure.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Gateway:Monolith"] = monolith.ToString(),
                ["Gateway:DataFolder"] = _folder.FullName,
                ["Gateway:OwnerRouting:Enabled"] = "false",
                ["Gateway:Following:Interval"] = "00:00:00.2",
                ["Capabilities:pets:Service"] = services.ToString(),
                ["Capabilities:vets:Service"] = services.ToString(),
                ["Capabilities:visits:Service"] = services.ToString(),
                ["Capabilities:owners:Service"] = builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey),
            });
        });
    }

    /// <summary>Whether clients' requests to the owners' service are answered 500.</summary>
    public bool Fails { get; set; }

    /// <summary>How long they are held up.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Asks the second gateway below <c>/petclinic/api/</c>.</summary>
    public HttpClient Client { get; private set; } = null!;

    public static async Task<FaultyRoad> StartAsync(Uri monolith, Uri services)
    {
        var road = new FaultyRoad(monolith, services);
        await road._road.StartAsync();
        await road._gateway.StartAsync();
        road.Client = new HttpClient { BaseAddress = new Uri(new Uri(road._gateway.Urls.First()), "/petclinic/api/") };
        return road;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _gateway.StopAsync();
        await _gateway.DisposeAsync();
        await _road.StopAsync();
        await _road.DisposeAsync();
        _onward.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task PassAsync(HttpContext http, Uri services)
    {
        if (http.Request.Path.StartsWithSegments("/petclinic", StringComparison.OrdinalIgnoreCase))
        {
            if (Fails)
            {
                http.Response.StatusCode = (int)HttpStatusCode.InternalServerError;
                return;
            }

            await Task.Delay(Delay, TimeProvider.System, http.RequestAborted);
        }

        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(services, http.Request.Path + http.Request.QueryString));
        if (http.Request.ContentLength > 0 || http.Request.Headers.TransferEncoding.Count > 0) request.Content = new StreamContent(http.Request.Body);
        foreach (var (name, value) in http.Request.Headers.Where(static header => header.Key is not ("Host" or "Connection" or "Transfer-Encoding")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value.ToArray())) request.Content?.Headers.TryAddWithoutValidation(name, value.ToArray());
        }

        using var answer = await _onward.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(static header => header.Key is not "Transfer-Encoding")) http.Response.Headers[name] = values.ToArray();
        await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
