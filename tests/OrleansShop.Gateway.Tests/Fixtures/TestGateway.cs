using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansShop.ServiceDefaults.Problems;
using Xunit;

namespace OrleansShop.Gateway.Tests.Fixtures;

/// <summary>A real gateway on loopback, in front of backends that the test owns.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private TestGateway(WebApplication app)
    {
        App = app;
        Client = NewClient();
    }

    public WebApplication App { get; }

    public HttpClient Client { get; }

    public Uri Address => new(App.Urls.Single());

    public static async Task<TestGateway> StartAsync(string dataFolder, IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? addServices = null)
    {
        var gateway = new TestGateway(Create(dataFolder, settings, addServices));
        await gateway.App.StartAsync();
        gateway.Client.BaseAddress = gateway.Address;
        return gateway;
    }

    public static WebApplication Create(string dataFolder, IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? addServices = null) =>
        GatewayApplication.Create([], builder =>
        {
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Gateway:DataFolder"] = dataFolder,
                ["Gateway:Forwarding:HealthInterval"] = "00:00:00.1",
                ["Gateway:Following:Interval"] = "00:00:00.05",
            });
            builder.Configuration.AddInMemoryCollection(settings);
            addServices?.Invoke(builder.Services);
        });

    /// <summary>A client that shows answers as they are: no redirects, no decompression.</summary>
    public static HttpClient NewClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None });

    public async Task<Echo> EchoAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<Echo>(Json))!;
    }

    public async Task<JsonElement> CapabilityAsync(string name)
    {
        var all = await Client.GetFromJsonAsync<JsonElement>("/admin/capabilities");
        return all.GetProperty("capabilities").EnumerateArray().Single(capability => capability.GetProperty("name").GetString() == name);
    }

    public async Task<string> PhaseAsync(string name) => (await CapabilityAsync(name)).GetProperty("phase").GetString()!;

    public static async Task<Problem> ProblemAsync(HttpResponseMessage response)
    {
        Assert.Equal(ProblemJson.MediaType, response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<Problem>(Json);
        Assert.Equal((int)response.StatusCode, problem!.Status);
        return problem;
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        Client.Dispose();
    }
}
