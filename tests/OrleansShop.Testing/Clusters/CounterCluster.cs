using System.Net.Http.Json;
using OrleansShop.Testing.Network;
using OrleansShop.Testing.Processes;

namespace OrleansShop.Testing.Clusters;

/// <summary>
/// Silos with counters on DynamoDB and fronts that take HTTP requests for them, each in a process of its own: the executable of
/// tests/OrleansShop.Engine.Processes.Tests in two roles.
/// </summary>
public sealed class CounterCluster : IAsyncDisposable
{
    public const string Ready = "ready at ";

    private const string Project = "tests/OrleansShop.Engine.Processes.Tests";
    private const string Loopback = "127.0.0.1";
    private const int StartAttempts = 3;

    private readonly string _dynamoDB;
    private readonly TimeSpan? _lease;
    private readonly NamespaceNetwork? _network;
    private readonly string _name = $"counters-{Guid.NewGuid():N}";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("counters-");
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(60) };

    // All three are guarded by _gate: silos start beside each other.
    private readonly Lock _gate = new();
    private readonly List<CounterSilo> _silos = [];
    private readonly List<ServiceProcess> _processes = [];
    private readonly List<Uri> _fronts = [];

    private CounterCluster(string dynamoDB, TimeSpan? lease, NamespaceNetwork? network) => (_dynamoDB, _lease, _network) = (dynamoDB, lease, network);

    /// <summary>The silos that were not ended yet, the oldest first.</summary>
    public IReadOnlyList<CounterSilo> Silos
    {
        get
        {
            lock (_gate) return [.. _silos];
        }
    }

    /// <summary>Where the fronts answer.</summary>
    public IReadOnlyList<Uri> Fronts => _fronts;

    /// <summary>Starts silos, and then two fronts.</summary>
    /// <param name="dynamoDB">Where DynamoDB is: an URL.</param>
    /// <param name="silos">How many silos.</param>
    /// <param name="lease">How long the lease of a silo lasts; null for the engine's default.</param>
    /// <param name="network">Where each silo gets a place of its own, so that it can be cut off; null for loopback.</param>
    public static async Task<CounterCluster> StartAsync(string dynamoDB, int silos, TimeSpan? lease = null, NamespaceNetwork? network = null)
    {
        var cluster = new CounterCluster(dynamoDB, lease, network);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, silos).Select(_ => cluster.AddAsync()));
            await Task.WhenAll(cluster.AddFrontAsync(), cluster.AddFrontAsync());
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one more silo, and waits until it is active.</summary>
    public async Task<CounterSilo> AddAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var place = _network is null ? null : await _network.AddAsync();
            var settings = place is null
                ? new CounterSiloSettings(_dynamoDB, _name, Loopback, SiloPort: 0, FreePort.Next(), _lease)
                : new CounterSiloSettings(_dynamoDB, _name, place.Address, SiloPort: 11111, GatewayPort: 30000, _lease);
            var process = Start([CounterSiloSettings.Role, settings.ToArgument()], place?.Prefix);
            try
            {
                var silo = new CounterSilo(process, await ReadyAsync(process), place);
                lock (_gate) _silos.Add(silo);
                return silo;
            }
            catch (InvalidOperationException portTaken) when (place is null && attempt < StartAttempts && portTaken.Message.Contains("Choose another port", StringComparison.Ordinal))
            {
                // Another process was faster; the next attempt takes another port.
            }
        }
    }

    /// <summary>Asks a silo to stop, and waits for its end.</summary>
    /// <exception cref="InvalidOperationException">It did not end well; the message has what it printed.</exception>
    public async Task StopAsync(CounterSilo silo)
    {
        var exitCode = await silo.Process.StopAsync();
        Forget(silo);
        if (exitCode != 0) throw new InvalidOperationException($"Silo {silo.Address} ended with {exitCode}. It printed:\n{silo.Process.Output}");
    }

    /// <summary>Ends the process of a silo without any warning.</summary>
    public async Task KillAsync(CounterSilo silo)
    {
        await silo.Process.KillAsync();
        Forget(silo);
    }

    /// <summary>Waits for the end of a silo that ends by itself; returns the exit code.</summary>
    public async Task<int> EndAsync(CounterSilo silo)
    {
        var exitCode = await silo.Process.EndAsync();
        Forget(silo);
        return exitCode;
    }

    /// <summary>In which process each counter lives, by its key.</summary>
    public async Task<IReadOnlyDictionary<string, int>> PlacesAsync(IReadOnlyList<string> grains)
    {
        var places = await Task.WhenAll(grains.Select((grain, index) => AskAsync<int>(index, $"counters/{grain}/process")));
        return grains.Zip(places).ToDictionary(static pair => pair.First, static pair => pair.Second);
    }

    /// <summary>Asks a counter to take its time, so that a call is under way; returns what the front says once it ends.</summary>
    public async Task<FrontAnswer> HoldAsync(string grain, TimeSpan time)
    {
        using var response = await _client.PostAsync(new Uri(_fronts[0], $"counters/{grain}/hold/{(int)time.TotalSeconds}"), content: null);
        return await response.Content.ReadFromJsonAsync<FrontAnswer>() ?? throw new InvalidOperationException($"The front answered {(int)response.StatusCode} without a body.");
    }

    /// <summary>The ids that a counter has stored, in the order in which it counted them.</summary>
    public Task<long[]> StoredAsync(string grain) => AskAsync<long[]>(0, $"counters/{grain}/stored");

    /// <summary>The status of each silo in the membership table, by its address; silos that are long gone are not there.</summary>
    public Task<Dictionary<string, string>> StatusesAsync() => AskAsync<Dictionary<string, string>>(0, "silos");

    /// <summary>What every process has printed, for the report of a failure.</summary>
    public string Output
    {
        get
        {
            lock (_gate) return string.Join("\n\n", _processes.Select(static process => $"Process {process.Id}{(process.HasExited ? $", ended with {process.ExitCode}" : "")}:\n{process.Output}"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes) await process.DisposeAsync();
        _client.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task AddFrontAsync()
    {
        var address = await ReadyAsync(Start([FrontSettings.Role, new FrontSettings(_dynamoDB, _name).ToArgument()], prefix: null));
        lock (_gate) _fronts.Add(new Uri(address));
    }

    private ServiceProcess Start(string[] arguments, IReadOnlyList<string>? prefix)
    {
        var process = ServiceProcess.Start(Project, arguments, _folder.FullName, prefix: prefix);
        lock (_gate) _processes.Add(process);
        return process;
    }

    private static Task<string> ReadyAsync(ServiceProcess process) =>
        process.WaitForAsync(static output => output.Split('\n').FirstOrDefault(static line => line.StartsWith(Ready, StringComparison.Ordinal))?[Ready.Length..]);

    private void Forget(CounterSilo silo)
    {
        lock (_gate) _silos.Remove(silo);
    }

    private async Task<T> AskAsync<T>(int front, string path) =>
        await _client.GetFromJsonAsync<T>(new Uri(_fronts[front % _fronts.Count], path)) ?? throw new InvalidOperationException($"{path} has no answer.");
}
