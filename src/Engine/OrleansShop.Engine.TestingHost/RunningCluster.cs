using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace OrleansShop.Engine.TestingHost;

/// <summary>The silos and the client of a test cluster, and what a test does with them.</summary>
/// <remarks>
/// <see cref="TestCluster"/> and <see cref="InProcessTestCluster"/> have the same members with different types; both are this one with a plan of their own.
/// </remarks>
internal sealed class RunningCluster<TSilo>(ClusterPlan<TSilo> plan)
    where TSilo : SiloHandle
{
    // Guards _silos and _known.
    private readonly Lock _gate = new();
    private readonly List<TSilo> _silos = [];
    private readonly HashSet<SiloAddress> _known = [];
    private IHost? _clientHost;
    private int _started;

    /// <summary>The silos that were started and not stopped, by number.</summary>
    public ReadOnlyCollection<TSilo> Silos
    {
        get
        {
            lock (_gate)
                return _silos.ToList().AsReadOnly();
        }
    }

    /// <summary>The silos that run.</summary>
    public IEnumerable<TSilo> Active => Silos.Where(silo => silo.IsActive);

    /// <summary>The client's services.</summary>
    public IServiceProvider ClientServices =>
        _clientHost?.Services ?? throw new InvalidOperationException("The cluster has no client now: call DeployAsync or InitializeClientAsync.");

    /// <summary>What the silos and the client have logged.</summary>
    public string Log => ClusterNetwork.Of(plan.ClusterId()).Log.FormatAllEntries();

    /// <summary>Starts silos and, if asked for, the client, and returns when they agree on a view.</summary>
    public async Task Deploy(short silos, bool hasClient, CancellationToken cancellationToken)
    {
        await StartSilos(silos, isOnNewPorts: false, cancellationToken);
        if (hasClient)
            await StartClient(cancellationToken);
        await Settled();
    }

    /// <summary>Starts more silos, at the same time.</summary>
    public async Task<List<TSilo>> StartSilos(int count, bool isOnNewPorts, CancellationToken cancellationToken)
    {
        var numbers = Enumerable.Range(0, count).Select(_ => Interlocked.Increment(ref _started) - 1).ToList();

        // Building a host is work of its own before anything is awaited: each gets a thread.
        return [.. await Task.WhenAll(numbers.Select(number => Task.Run(async () => Enlist(await plan.StartSilo(number, isOnNewPorts, cancellationToken), number), cancellationToken)))];
    }

    /// <summary>Takes a silo that has been started for this cluster among its silos.</summary>
    public TSilo Enlist(TSilo silo, int number)
    {
        silo.InstanceNumber = (short)number;
        lock (_gate)
        {
            _known.Add(silo.SiloAddress);
            _silos.Insert(_silos.FindIndex(other => other.InstanceNumber > number) is var after and >= 0 ? after : _silos.Count, silo);
        }

        return silo;
    }

    /// <summary>Stops a silo: gracefully, or as a crash would. It leaves the cluster in any case.</summary>
    public async Task Stop(TSilo silo, bool isGraceful, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(silo);
        await silo.StopSiloAsync(isGraceful, cancellationToken);
        lock (_gate)
            _silos.Remove(silo);
        await silo.DisposeAsync();
    }

    /// <summary>Stops some silos gracefully, at the same time.</summary>
    public Task StopSilos(IEnumerable<TSilo> silos, CancellationToken cancellationToken) =>
        Task.WhenAll(silos.Select(silo => Stop(silo, isGraceful: true, cancellationToken)));

    /// <summary>Stops the client and all silos.</summary>
    public async Task StopAll(CancellationToken cancellationToken)
    {
        await StopClient(cancellationToken);
        await StopSilos(Silos, cancellationToken);
    }

    /// <summary>Stops a silo and starts it again with the same number and ports; null if there is none.</summary>
    public async Task<TSilo?> Restart(TSilo? silo)
    {
        if (silo is null)
            return null;
        await Stop(silo, isGraceful: true, CancellationToken.None);
        return await StartAgain(silo.InstanceNumber);
    }

    /// <summary>Starts a silo again that was stopped or killed.</summary>
    public Task<TSilo> RestartStopped(string siloName)
    {
        var number = Enumerable.Range(0, _started).FirstOrDefault(number => plan.NameOf(number) == siloName, -1);
        return number < 0
            ? throw new ArgumentException($"The cluster never had a silo named '{siloName}'.", nameof(siloName))
            : StartAgain(number);
    }

    /// <summary>Connects the client anew.</summary>
    public async Task StartClient(CancellationToken cancellationToken)
    {
        await KillClient();
        _clientHost = plan.BuildClient();
        await _clientHost.StartAsync(cancellationToken);
    }

    /// <summary>Disconnects the client.</summary>
    public Task StopClient(CancellationToken cancellationToken) => _clientHost?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>Disconnects the client and disposes it.</summary>
    public async Task KillClient()
    {
        if (Interlocked.Exchange(ref _clientHost, null) is not { } client)
            return;
        await client.StopAsync();
        client.Dispose();
    }

    /// <summary>Whether a silo is or was one of the cluster's.</summary>
    public bool Contains(SiloAddress address)
    {
        lock (_gate)
            return _known.Contains(address);
    }

    /// <summary>The running silo with this address; null if there is none.</summary>
    public TSilo? At(SiloAddress address) => Active.FirstOrDefault(silo => silo.SiloAddress.Equals(address));

    /// <summary>The services of a silo; of the first, if none is named.</summary>
    public IServiceProvider ServicesOf(SiloAddress? silo) => (silo is null ? Active.FirstOrDefault() : At(silo)) is InProcessSiloHandle inProcess
        ? inProcess.ServiceProvider
        : throw new ArgumentException(silo is null ? "No silo of the cluster runs in this process." : $"No silo of the cluster that runs in this process has the address {silo}.", nameof(silo));

    /// <summary>Waits until the silos and the client agree on who is there, and nothing is held.</summary>
    public Task Settled() => ClusterProbe.Settled(SiloServices(), _clientHost?.Services);

    /// <summary>Finds the activation of a grain.</summary>
    public bool TryFind(GrainId grain, [NotNullWhen(true)] out IGrainContext? context)
    {
        var isFound = ClusterProbe.TryFind(SiloServices(), grain, out var activation);
        context = activation;
        return isFound;
    }

    /// <summary>Ends the activation of a grain, if there is one, and waits for its end.</summary>
    public Task Deactivate(GrainId grain) => ClusterProbe.Deactivate(SiloServices(), grain);

    /// <summary>Moves the activation of a grain to another silo, and waits until it has left its own.</summary>
    public Task Migrate(GrainId grain, SiloAddress? target) => ClusterProbe.Migrate(SiloServices(), grain, target);

    /// <summary>Waits until a grain has no activation.</summary>
    public Task Deactivated(GrainId grain) => ClusterProbe.Deactivated(SiloServices(), grain);

    /// <summary>Stops everything and forgets the cluster.</summary>
    public async Task Dispose()
    {
        await KillClient();
        await Task.WhenAll(Silos.Select(silo => silo.DisposeAsync().AsTask()));
        lock (_gate)
            _silos.Clear();
        ClusterNetwork.Forget(plan.ClusterId());
    }

    private async Task<TSilo> StartAgain(int number) => Enlist(await plan.StartSilo(number, arg2: false, CancellationToken.None), number);

    private List<IServiceProvider> SiloServices() => [.. Active.OfType<InProcessSiloHandle>().Select(silo => silo.ServiceProvider)];
}
