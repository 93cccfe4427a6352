using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansShop.Strangler.Admission;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Serving;
using OrleansShop.Strangler.Tests.Capabilities;
using OrleansShop.Strangler.Tests.Moving;

namespace OrleansShop.Strangler.Tests.Serving;

/// <summary>A grain service for books on a free port, with everything behind HTTP in memory.</summary>
internal sealed class ServiceUnderTest : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly HttpClient _http = new();

    private ServiceUnderTest(WebApplication application) => _application = application;

    internal GrainInMemory Grain { get; private init; } = null!;

    internal Uri Address => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    internal CapabilityManifest Manifest => Library.Catalog(("Capabilities:books:Service", Address.ToString())).Get("books");

    internal CapabilityServiceClient Client(string? key = null) => new(_http, key);

    /// <summary>The handlers of the books' endpoints do what the test says.</summary>
    internal static async Task<ServiceUnderTest> StartAsync(Func<HttpContext, Task<IResult>>? handler = null, string? adminKey = null)
    {
        var grain = new GrainInMemory("books");
        var monolith = new LedgeredMonolith();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddConfiguration(Library.Configuration((ServiceKey.ConfigurationKey, adminKey)));
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IMonolithBridge>(monolith);
        builder.Services.AddSingleton<IOwnershipLedger>(monolith);
        builder.Services.AddSingleton(OneGrainFactory.Create(grain));
        builder.Services.AddCapability<ICapabilityGrain, NoContent>("books");
        var application = builder.Build();
        application.MapCapability("books");
        var books = application.MapGroup("/api").RequireCapability("books");
        Delegate answer = handler ?? (_ => Task.FromResult(Results.Ok("book")));
        books.MapMethods("/books/{bookId}", ["GET", "PUT", "DELETE"], answer);
        books.MapGet("/books", answer);
        await application.StartAsync();
        return new ServiceUnderTest(application) { Grain = grain };
    }

    internal async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, Action<HttpRequestMessage>? configure = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path));
        configure?.Invoke(request);
        return await _http.SendAsync(request);
    }

    internal Task<HttpResponseMessage> PostAsync(string path, string json) =>
        _http.PostAsync(new Uri(Address, path), new StringContent(json, System.Text.Encoding.UTF8, "application/json"));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _application.DisposeAsync();
    }

    private sealed class NoContent() : IndexedContent(new Dictionary<string, Func<EntityId, IMigratableGrain>>());
}
