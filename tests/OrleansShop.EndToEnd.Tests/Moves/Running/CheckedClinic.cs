using System.Globalization;
using OrleansShop.EndToEnd.Tests.Moves.Faults;
using OrleansShop.Testing.Faults;
using OrleansShop.Testing.Network;

namespace OrleansShop.EndToEnd.Tests.Moves.Running;

/// <summary>
/// The system as separate processes: monolith, bridge, the services with two silos of owners, and two gateways. What a silo asks the bridge or DynamoDB passes a proxy of its own, so that the checker sees each step of a move and
/// who makes it.
/// </summary>
internal sealed class CheckedClinic : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly string _id = $"checked-{Guid.NewGuid():N}";
    private readonly List<FaultProxy> _stores = [];
    private readonly List<FaultProxy> _proxies = [];
    private readonly List<Part> _silos = [];
    private readonly List<Part> _gateways = [];

    private CheckedClinic(DirectoryInfo folder, ClinicDatabase database)
    {
        _folder = folder;
        Database = database;
        Monolith = new Part("monolith", "src/Clinic/OrleansShop.Clinic.Monolith", NewAddress(), folder.FullName,
            [$"--Database:Provider={database.Provider}", $"--Database:ConnectionString={database.ConnectionString}"]);
        Bridge = new Part("bridge", "src/Strangler/OrleansShop.Strangler.Bridge", NewAddress(), folder.FullName,
            [$"--Bridge:Database:Provider={database.Provider}", $"--Bridge:Database:ConnectionString={database.ConnectionString}"]);
    }

    public ClinicDatabase Database { get; }

    public Part Monolith { get; }

    public Part Bridge { get; }

    public IReadOnlyList<Part> Silos => _silos;

    public IReadOnlyList<Part> Gateways => _gateways;

    public IEnumerable<Part> Parts => [Monolith, Bridge, .. _silos, .. _gateways];

    /// <summary>What silos ask DynamoDB passes these.</summary>
    public IReadOnlyList<FaultProxy> Stores => _stores;

    public StepWatch Steps { get; } = new();

    /// <summary>Starts everything.</summary>
    /// <param name="database">Makes the monolith's database, in a folder if it is a file.</param>
    /// <param name="dynamoDB">Where the services cluster and keep their states.</param>
    /// <param name="plan">How it is made.</param>
    public static async Task<CheckedClinic> StartAsync(Func<string, Task<ClinicDatabase>> database, string dynamoDB, ClinicPlan plan)
    {
        var folder = Directory.CreateTempSubdirectory("clinic-checked-");
        var clinic = new CheckedClinic(folder, await database(folder.FullName));
        try
        {
            await clinic.Monolith.StartAsync();
            await clinic.Bridge.StartAsync();
            foreach (var service in new[] { "owners", "owners", "pets", "visits" }) await clinic.AddSiloAsync(service, dynamoDB);
            clinic.AddGateway(dynamoDB, TimeSpan.FromSeconds(1));
            clinic.AddGateway(dynamoDB, plan.SecondGatewayFollows);
            await Task.WhenAll(clinic.Parts.Select(static part => part.StartAsync()));
            return clinic;
        }
        catch
        {
            await clinic.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts what has ended, as a platform does.</summary>
    public async Task<IReadOnlyList<string>> StartEndedAsync()
    {
        var ended = Parts.Where(static part => !part.IsRunning).ToList();
        await Task.WhenAll(ended.Select(static part => part.StartAsync()));
        return [.. ended.Select(static part => part.Name)];
    }

    /// <summary>What every process has printed.</summary>
    public string Logs() => string.Join('\n', Parts.Select(static part => $"--- {part.Name}\n{part.Output}").Concat(_proxies.Select(static proxy => $"--- lost by the proxy {proxy.Endpoint}\n{string.Join('\n', proxy.Lost)}")));

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Parts.Reverse().Select(static part => part.DisposeAsync().AsTask()));
        foreach (var proxy in _proxies) await proxy.DisposeAsync();
        await Database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static Uri NewAddress() => new($"http://127.0.0.1:{FreePort.Next()}");

    private async Task AddSiloAsync(string service, string dynamoDB)
    {
        var number = _silos.Count(silo => silo.Name.StartsWith(service, StringComparison.Ordinal)) + 1;
        var bridge = await FaultProxy.StartAsync(Bridge.Address.ToString());
        var store = await FaultProxy.StartAsync(dynamoDB);
        var silo = new Part($"{service}-{number}", $"src/Clinic/OrleansShop.Clinic.{CultureInfo.InvariantCulture.TextInfo.ToTitleCase(service)}", NewAddress(), _folder.FullName,
        [
            .. Cluster(store.Endpoint), $"--Cluster:GatewayPort={FreePort.Next()}", $"--Strangler:Bridge:Address={bridge.Endpoint}", $"--VisitReminders:DropFolder={_folder.FullName}/mail",
            "--Strangler:Moving:SweepPeriod=00:00:01", "--Strangler:Moving:MaxRetryDelay=00:00:02",
        ]);
        _silos.Add(silo);
        _proxies.AddRange([bridge, store]);
        _stores.Add(store);
        Steps.Watch(bridge, store, silo);
    }

    private void AddGateway(string dynamoDB, TimeSpan follows)
    {
        var number = _gateways.Count + 1;
        var services = _silos.GroupBy(static silo => silo.Name.Split('-')[0]).Select(static service => $"--Capabilities:{service.Key}:Service={string.Join(';', service.Select(static silo => silo.Address.ToString().TrimEnd('/')))}");
        _gateways.Add(new Part($"gateway-{number}", "src/Strangler/OrleansShop.Gateway", NewAddress(), _folder.FullName,
        [
            .. Cluster(dynamoDB), .. services, $"--Gateway:Monolith={Monolith.Address.ToString().TrimEnd('/')}", $"--Gateway:DataFolder={_folder.FullName}/gateway-{number}", $"--Gateway:Following:Interval={follows}", $"--Gateway:Following:StaleAfter={ClinicPlan.GatewaysBelieve}",
        ]));
    }

    private IEnumerable<string> Cluster(string dynamoDB) =>
        ["--Cluster:Membership=DynamoDB", "--Storage:Provider=DynamoDB", $"--DynamoDB:Service={dynamoDB}", $"--Cluster:Id={_id}", $"--Cluster:ServiceId={_id}"];
}
