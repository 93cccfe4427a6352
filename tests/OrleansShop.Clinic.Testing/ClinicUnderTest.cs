using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Clinic.Monolith;
using OrleansShop.Clinic.Testing.Crashing;
using OrleansShop.Clinic.Testing.Talking;
using OrleansShop.Strangler.Bridge;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Events;
using OrleansShop.Strangler.Phases;
using OrleansShop.Testing.Moves;

namespace OrleansShop.Clinic.Testing;

/// <summary>
/// A monolith with its seed data, the bridge beside it, and the four services with one silo, each as its own application on a loopback port, all on files in a
/// folder of their own. Requests go where a gateway would send them.
/// </summary>
public sealed class ClinicUnderTest : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clinic-under-test-");
    private readonly ConcurrentQueue<CloudEvent> _published = new();
    private readonly Dictionary<string, CapabilityStatus> _standings = [];
    private readonly Dictionary<string, string?> _settings;
    private RunningApplication? _monolith;
    private RunningApplication? _bridge;
    private RunningApplication? _services;

    private ClinicUnderTest(IEnumerable<(string Key, string Value)> settings) =>
        _settings = settings.ToDictionary(static setting => setting.Key, static setting => (string?)setting.Value);

    public static string[] Capabilities { get; } = ["owners", "pets", "vets", "visits"];

    /// <summary>Straight to the services, whatever the phases say.</summary>
    public HttpClient Services => _services!.Http;

    /// <summary>Straight to the monolith, whatever the phases say.</summary>
    public HttpClient Monolith => _monolith!.Http;

    /// <summary>What the services have published in all their lives, whether or not somebody had subscribed.</summary>
    public IReadOnlyCollection<CloudEvent> Published => _published;

    private CapabilityCatalog Catalog => _services!.Get<CapabilityCatalog>();

    public static async Task<ClinicUnderTest> StartAsync(params (string Key, string Value)[] settings)
    {
        var clinic = new ClinicUnderTest(settings);
        try
        {
            await clinic.StartAsync();
            return clinic;
        }
        catch
        {
            await clinic.DisposeAsync();
            throw;
        }
    }

    /// <summary>As <see cref="StartAsync(ValueTuple{string, string}[])"/>, with capabilities in the grains.</summary>
    public static async Task<ClinicUnderTest> StartInGrainsAsync(params IEnumerable<string> capabilities)
    {
        var clinic = await StartAsync();
        foreach (var capability in capabilities) await clinic.ToGrainsAsync(capability);
        return clinic;
    }

    public Task<Answer> SendAsync(Request request)
    {
        var path = $"{Request.BasePath}/{request.Path.Split('?')[0]}";
        var route = Catalog.Match(request.Method, path)?.Route;
        var isServedByGrains = route?.SideOf(request.Method, StatusOf).Rule == SideRule.Grains;
        return SendAsync(isServedByGrains ? Services : Monolith, request);

        CapabilityStatus StatusOf(string capability) =>
            _standings.GetValueOrDefault(capability) ?? new(capability, CapabilityPhase.Monolith, Epoch: 0, ChangedAt: null, By: null);
    }

    public Task<Answer> SendToServicesAsync(Request request) => SendAsync(Services, request);

    public Task<Answer> SendToMonolithAsync(Request request) => SendAsync(Monolith, request);

    /// <summary>Moves all of a capability into the grains, lists included.</summary>
    public async Task ToGrainsAsync(string capability) => Note(await MovedCapabilities.AtService(Services).ToGrainsAsync(capability));

    /// <summary>Moves all of a capability back to the monolith.</summary>
    public async Task ToMonolithAsync(string capability) => Note(await MovedCapabilities.AtService(Services).ToMonolithAsync(capability));

    /// <summary>Starts the services anew on the same files.</summary>
    /// <param name="crash">Where they will be lost; null for nowhere.</param>
    /// <param name="time">The time as they see it; null for the real one.</param>
    public async Task RestartServicesAsync(CrashPoint? crash = null, TimeProvider? time = null)
    {
        if (_services is not null) await _services.DisposeAsync();
        _services = await ServicesUnderTest.StartAsync(_bridge!.Address, _folder, _settings, _published, crash, time);
    }

    /// <summary>Subscribes to the events of an entity; the subscription ends when the services are started anew.</summary>
    public async Task<PublishedEvents> SubscribeAsync(string @namespace, long id)
    {
        var published = new PublishedEvents();
        await _services!.Get<IClusterClient>().GetStreamProvider(EventStreams.Provider).GetStream<CloudEvent>(StreamId.Create(@namespace, id)).SubscribeAsync(published);
        return published;
    }

    /// <summary>Stops the bridge, as if it had died.</summary>
    public async Task StopBridgeAsync() => await _bridge!.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var application in new[] { _services, _bridge, _monolith })
        {
            if (application is not null) await application.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private void Note(JsonNode standing)
    {
        var status = standing.Deserialize<CapabilityStatus>(JsonSerializerOptions.Web)!;
        _standings[status.Capability] = status;

        // What the services have known for less than a second may be older; ids, which go by it, would leave gaps that differ from run to run.
        _services!.Get<IServiceProvider>().GetRequiredKeyedService<ICapabilityView>(status.Capability).Refresh();
    }

    private async Task StartAsync()
    {
        var database = $"Data Source={Path.Combine(_folder.FullName, "monolith.db")}";
        _monolith = await RunningApplication.StartAsync(configure => MonolithApplication.Create([], configure), new(_settings) { ["Database:ConnectionString"] = database });
        _bridge = await RunningApplication.StartAsync(
            configure => BridgeApplication.Create([], configure),
            new() { ["Bridge:Database:Provider"] = "Sqlite", ["Bridge:Database:ConnectionString"] = database });
        await RestartServicesAsync();
    }

    private static async Task<Answer> SendAsync(HttpClient http, Request request)
    {
        using var message = request.ToMessage();
        using var response = await http.SendAsync(message);
        return await Answer.ReadAsync(response);
    }
}
