using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using OrleansShop.Engine.Hosting;
using OrleansShop.Engine.Processes.Tests.Grains;
using OrleansShop.Engine.Processes.Tests.Silos;
using OrleansShop.Testing.Network;
using OrleansShop.Testing.Processes;

namespace OrleansShop.Engine.Processes.Tests.Events;

/// <summary>Two services in one cluster, a process for each silo, that talk by events over SQS; and a client of them in the process of the test.</summary>
internal sealed class EventServices : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("events-");
    private readonly string _sqs;
    private readonly bool _isFifo;
    private readonly string _name = $"e{Guid.NewGuid():N}";
    private readonly Random _random;

    // Both are guarded by _gate: silos start beside each other.
    private readonly Lock _gate = new();
    private readonly List<(EventService Service, ServiceProcess Process)> _silos = [];
    private readonly List<ServiceProcess> _all = [];
    private IHost? _client;

    private EventServices(string sqs, bool isFifo, int seed) => (_sqs, _isFifo, _random) = (sqs, isFifo, new Random(seed));

    public IClusterClient Client => _client!.Services.GetRequiredService<IClusterClient>();

    /// <summary>The orders that were taken, in the order of time; the grain is the key of the stream.</summary>
    public IReadOnlyList<LedgerLine> Taken => Ledger.Read(_folder.FullName);

    /// <summary>What every process has printed, for the report of a failure.</summary>
    public string Output
    {
        get
        {
            lock (_gate) return string.Join("\n\n", _all.Select(static process => $"Process {process.Id}{(process.HasExited ? $", ended with {process.ExitCode}" : "")}:\n{process.Output}"));
        }
    }

    public static async Task<EventServices> StartAsync(string sqs, bool isFifo, int seed)
    {
        var services = new EventServices(sqs, isFifo, seed);
        try
        {
            EventService[] wanted = [EventService.Publishing, EventService.Publishing, EventService.Consuming, EventService.Consuming];
            await Task.WhenAll(wanted.Select(services.AddAsync));
            await services.StartClientAsync();
            return services;
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the process of a silo without any warning, and starts another one of its service.</summary>
    public async Task KillOneAsync()
    {
        (EventService Service, ServiceProcess Process) silo;
        lock (_gate)
        {
            silo = _silos[_random.Next(_silos.Count)];
            _silos.Remove(silo);
        }

        await silo.Process.KillAsync();
        await AddAsync(silo.Service);
    }

    /// <summary>Mends the fault in the consumers.</summary>
    public void Mend() => ConsumerFaults.Mend(_folder.FullName);

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.StopAsync();
            _client.Dispose();
        }

        foreach (var process in _all) await process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task AddAsync(EventService service)
    {
        ServiceProcess process;
        lock (_gate)
        {
            var settings = new EventSiloSettings(service, _folder.FullName, _sqs, _isFifo, _name, FreePort.Next(), _random.Next());
            process = ServiceProcess.Start("tests/OrleansShop.Engine.Processes.Tests", [EventSiloSettings.Role, settings.ToArgument()], _folder.FullName);
            _all.Add(process);
        }

        await process.WaitForAsync(static output => output.Contains(SiloProgram.Ready, StringComparison.Ordinal) ? output : null);
        lock (_gate) _silos.Add((service, process));
    }

    private async Task StartClientAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleansClient(client =>
        {
            client.UseFileClustering(SiloProgram.MembersIn(_folder.FullName));
            client.Configure<ClusterOptions>(options => EventSiloProgram.NameCluster(options, _name));
        });
        _client = builder.Build();
        await _client.StartAsync();
    }
}
