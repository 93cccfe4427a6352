using Microsoft.Extensions.DependencyInjection;

namespace OrleansShop.Gateway.Tests.Fixtures;

/// <summary>A monolith and four services as stubs, a gateway in front of them, and a data folder that goes with it.</summary>
internal sealed class Clinic : IAsyncDisposable
{
    public static readonly string[] Capabilities = ["owners", "pets", "vets", "visits"];

    private readonly List<string> _folders = [];
    private readonly Dictionary<string, string?> _settings = [];
    private TestGateway? _gateway;

    public StubBackend Monolith { get; private set; } = null!;

    public Dictionary<string, FakeService> Services { get; } = [];

    public TestGateway Gateway => _gateway!;

    public string DataFolder { get; private set; } = "";

    public static async Task<Clinic> StartAsync(Dictionary<string, string?>? settings = null)
    {
        var clinic = new Clinic { Monolith = await StubBackend.StartAsync("monolith") };
        clinic.DataFolder = clinic.NewFolder();
        clinic._settings["Gateway:Monolith"] = clinic.Monolith.Address;
        foreach (var capability in Capabilities)
        {
            clinic.Services[capability] = await FakeService.StartAsync(capability);
            clinic._settings[$"Capabilities:{capability}:Service"] = clinic.Services[capability].Backend.Address;
        }

        foreach (var (key, value) in settings ?? [])
        {
            clinic._settings[key] = value;
        }

        await clinic.StartGatewayAsync();
        return clinic;
    }

    public async Task StartGatewayAsync(Action<IServiceCollection>? addServices = null) =>
        _gateway = await TestGateway.StartAsync(DataFolder, _settings, addServices);

    public async Task RestartGatewayAsync(Dictionary<string, string?>? changes = null, Action<IServiceCollection>? addServices = null)
    {
        await Gateway.DisposeAsync();
        foreach (var (key, value) in changes ?? [])
        {
            _settings[key] = value;
        }

        await StartGatewayAsync(addServices);
    }

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        await Monolith.DisposeAsync();
        foreach (var service in Services.Values)
        {
            await service.DisposeAsync();
        }

        foreach (var folder in _folders.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string NewFolder()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"gateway-{Guid.NewGuid():N}");
        _folders.Add(folder);
        return folder;
    }
}
