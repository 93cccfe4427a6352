using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using OrleansShop.Engine.Hosting;
using OrleansShop.Engine.Processes.Tests.Grains;
using OrleansShop.Testing.Network;
using OrleansShop.Testing.Processes;

namespace OrleansShop.Engine.Processes.Tests.Silos;

/// <summary>A cluster of silos, each in a process of its own, and a client of it in the process of the test.</summary>
internal sealed class SiloProcesses : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("silos-");
    private readonly List<ServiceProcess> _silos = [];
    private IHost? _client;

    public IReadOnlyList<ServiceProcess> Silos => _silos;

    public IClusterClient Client => _client!.Services.GetRequiredService<IClusterClient>();

    /// <summary>What all silos wrote down, in the order of time.</summary>
    public IReadOnlyList<LedgerLine> Ledger => Grains.Ledger.Read(_folder.FullName);

    public static async Task<SiloProcesses> StartAsync(int count)
    {
        var cluster = new SiloProcesses();
        try
        {
            await Task.WhenAll(Enumerable.Range(0, count).Select(_ => cluster.StartSiloAsync()));
            await cluster.StartClientAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the process of a silo without any warning, as <c>kill -9</c> does.</summary>
    public Task KillAsync(ServiceProcess silo) => silo.KillAsync();

    /// <summary>Asks the process of a silo to stop, and waits until it has ended.</summary>
    /// <exception cref="InvalidOperationException">It did not end well; the message has what it printed.</exception>
    public async Task StopAsync(ServiceProcess silo)
    {
        var exitCode = await silo.StopAsync();
        if (exitCode != 0) throw new InvalidOperationException($"The silo ended with {exitCode}. It printed:\n{silo.Output}");
    }

    public ServiceProcess ById(int processId) => _silos.Single(silo => silo.Id == processId);

    /// <summary>A grain that runs in a process, found by trying keys that begin with a text.</summary>
    public async Task<TGrain> GrainIn<TGrain>(ServiceProcess silo, string begin)
        where TGrain : IPlacedGrain
    {
        for (var number = 0; ; number++)
        {
            var grain = Client.GetGrain<TGrain>($"{begin}-{number}");
            if (await grain.ProcessId() == silo.Id) return grain;
        }
    }

    /// <summary>Waits until something holds.</summary>
    /// <exception cref="TimeoutException">It did not in time; the message has what the silos printed.</exception>
    public async Task Eventually(Func<Task<bool>> condition, string what)
    {
        try
        {
            await Testing.Waiting.Eventually.Holds(condition, what);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}\n\n{string.Join("\n\n", _silos.Select(static silo => $"Silo {silo.Id}{(silo.HasExited ? ", ended" : "")}:\n{silo.Output}"))}", late);
        }
    }

    /// <summary>Waits until something holds.</summary>
    /// <exception cref="TimeoutException">It did not in time; the message has what the silos printed.</exception>
    public Task Eventually(Func<bool> condition, string what) => Eventually(() => Task.FromResult(condition()), what);

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.StopAsync();
            _client.Dispose();
        }

        foreach (var silo in _silos) await silo.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task StartSiloAsync()
    {
        var silo = ServiceProcess.Start("tests/OrleansShop.Engine.Processes.Tests", [SiloProgram.Role, _folder.FullName, $"{FreePort.Next()}"], _folder.FullName);
        lock (_silos) _silos.Add(silo);
        await silo.WaitForAsync(static output => output.Contains(SiloProgram.Ready, StringComparison.Ordinal) ? output : null);
    }

    private async Task StartClientAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleansClient(client =>
        {
            client.UseFileClustering(SiloProgram.MembersIn(_folder.FullName));
            client.Configure<ClusterOptions>(SiloProgram.NameCluster);
            client.AddMemoryStreams(SiloProgram.Streams);
        });
        _client = builder.Build();
        await _client.StartAsync();
    }
}
