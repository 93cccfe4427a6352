using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Runtime;
using OrleansShop.Engine.TestingHost;

namespace Orleans.TestingHost;

/// <summary>
/// Several silos and a client in this process. They talk through memory, but in the bytes that would go over a network: what is not
/// serializable does not work here either.
/// </summary>
public sealed class InProcessTestCluster : IDisposable, IAsyncDisposable
{
    private const int PortsAtOnce = 50;

    // Guards _silos.
    private readonly Lock _gate = new();
    private readonly List<InProcessSiloHandle> _silos = [];
    private readonly (int Silo, int Gateway) _firstPorts;
    private IHost? _clientHost;
    private int _started;

    /// <summary>Creates the cluster; nothing is started.</summary>
    public InProcessTestCluster(InProcessTestClusterOptions options, ITestClusterPortAllocator portAllocator)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(portAllocator);
        Options = options;
        PortAllocator = portAllocator;
        _firstPorts = portAllocator.AllocateConsecutivePortPairs(PortsAtOnce);
    }

    /// <summary>What the cluster is like.</summary>
    public InProcessTestClusterOptions Options { get; }

    /// <summary>Gives out the ports.</summary>
    public ITestClusterPortAllocator PortAllocator { get; }

    /// <summary>The silos that were started and not stopped.</summary>
    public ReadOnlyCollection<InProcessSiloHandle> Silos
    {
        get
        {
            lock (_gate)
                return _silos.ToList().AsReadOnly();
        }
    }

    /// <summary>The client.</summary>
    public IClusterClient Client => _clientHost?.Services.GetRequiredService<IClusterClient>()
        ?? throw new InvalidOperationException("The cluster has no client now: call DeployAsync or InitializeClientAsync.");

    /// <summary>How long a view takes to spread at most.</summary>
    public static TimeSpan GetLivenessStabilizationTime(ClusterMembershipOptions clusterMembershipOptions, bool didKill = false) =>
        TestCluster.GetLivenessStabilizationTime(clusterMembershipOptions, didKill);

    /// <summary>Starts the silo of <paramref name="cluster"/> with a number.</summary>
    public static Task<InProcessSiloHandle> StartSiloAsync(InProcessTestCluster cluster, int instanceNumber, InProcessTestClusterOptions clusterOptions) =>
        StartSiloAsync(cluster, instanceNumber, clusterOptions, [], startSiloOnNewPort: false);

    /// <summary>Starts the silo of <paramref name="cluster"/> with a number.</summary>
    public static Task<InProcessSiloHandle> StartSiloAsync(
        InProcessTestCluster cluster, int instanceNumber, InProcessTestClusterOptions clusterOptions, IReadOnlyList<IConfigurationSource> configurationOverrides,
        bool startSiloOnNewPort)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return cluster.StartSiloAsync(instanceNumber, clusterOptions, configurationOverrides, startSiloOnNewPort);
    }

    /// <summary>Starts the silos and the client, and returns when they agree on a view.</summary>
    public async Task DeployAsync()
    {
        await StartSilosAsync(Options.InitialSilosCount);
        if (Options.InitializeClientOnDeploy)
            await InitializeClientAsync();
        await WaitForLivenessToStabilizeAsync();
    }

    /// <summary>Connects the client.</summary>
    public async Task InitializeClientAsync()
    {
        await KillClientAsync();
        _clientHost = InProcessHosts.Client(Options);
        await _clientHost.StartAsync();
    }

    /// <summary>Disconnects the client.</summary>
    public async Task StopClusterClientAsync()
    {
        if (_clientHost is { } client)
            await client.StopAsync();
    }

    /// <summary>Disconnects the client and disposes it.</summary>
    public async Task KillClientAsync()
    {
        if (Interlocked.Exchange(ref _clientHost, null) is not { } client)
            return;
        await client.StopAsync();
        client.Dispose();
    }

    /// <summary>Starts one more silo.</summary>
    public InProcessSiloHandle StartAdditionalSilo() => Blocking.Run(StartAdditionalSiloAsync);

    /// <summary>Starts one more silo.</summary>
    public InProcessSiloHandle StartAdditionalSilo(bool startAdditionalSiloOnNewPort) => Blocking.Run(() => StartAdditionalSiloAsync(startAdditionalSiloOnNewPort));

    /// <summary>Starts one more silo.</summary>
    public Task<InProcessSiloHandle> StartAdditionalSiloAsync() => StartAdditionalSiloAsync(startAdditionalSiloOnNewPort: false);

    /// <summary>Starts one more silo.</summary>
    public async Task<InProcessSiloHandle> StartAdditionalSiloAsync(bool startAdditionalSiloOnNewPort) =>
        (await StartSilosAsync(1, startAdditionalSiloOnNewPort))[0];

    /// <summary>Starts more silos, at the same time.</summary>
    public Task<List<InProcessSiloHandle>> StartSilosAsync(int silosToStart) => StartSilosAsync(silosToStart, startAdditionalSiloOnNewPort: false);

    /// <summary>Starts more silos, at the same time.</summary>
    public async Task<List<InProcessSiloHandle>> StartSilosAsync(int silosToStart, bool startAdditionalSiloOnNewPort)
    {
        var numbers = Enumerable.Range(0, silosToStart).Select(_ => Interlocked.Increment(ref _started) - 1).ToList();
        return [.. await Task.WhenAll(numbers.Select(number => StartSiloAsync(number, Options, [], startAdditionalSiloOnNewPort)))];
    }

    /// <summary>Starts the silo with a number.</summary>
    public Task<InProcessSiloHandle> StartSiloAsync(int instanceNumber, InProcessTestClusterOptions clusterOptions) =>
        StartSiloAsync(instanceNumber, clusterOptions, [], startSiloOnNewPort: false);

    /// <summary>Starts the silo with a number. There is no configuration to override: hosts are configured by delegates.</summary>
    public async Task<InProcessSiloHandle> StartSiloAsync(
        int instanceNumber, InProcessTestClusterOptions clusterOptions, IReadOnlyList<IConfigurationSource> configurationOverrides, bool startSiloOnNewPort)
    {
        var silo = await CreateSiloAsync(InProcessTestSiloSpecificOptions.Create(this, clusterOptions, instanceNumber, startSiloOnNewPort));
        silo.InstanceNumber = (short)instanceNumber;
        lock (_gate)
            _silos.Insert(_silos.FindIndex(other => other.InstanceNumber > instanceNumber) is var after and >= 0 ? after : _silos.Count, silo);
        return silo;
    }

    /// <summary>Builds and starts a silo, which is not yet among <see cref="Silos"/>.</summary>
    public Task<InProcessSiloHandle> CreateSiloAsync(InProcessTestSiloSpecificOptions siloOptions)
    {
        ArgumentNullException.ThrowIfNull(siloOptions);
        return InProcessSiloHandle.Start(InProcessHosts.Silo(Options, siloOptions), CancellationToken.None);
    }

    /// <summary>Stops a silo gracefully: its grains move first, and no call fails.</summary>
    public async Task StopSiloAsync(InProcessSiloHandle instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        await Stop(instance, isGraceful: true);
    }

    /// <summary>Ends a silo as a crash would.</summary>
    public async Task KillSiloAsync(InProcessSiloHandle instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        await Stop(instance, isGraceful: false);
    }

    /// <summary>Stops a silo and starts it again with the same number and ports; null if <paramref name="instance"/> is null.</summary>
    public async Task<InProcessSiloHandle?> RestartSiloAsync(InProcessSiloHandle instance)
    {
        if (instance is null)
            return null;
        await StopSiloAsync(instance);
        return await StartSiloAsync(instance.InstanceNumber, Options);
    }

    /// <summary>Starts a silo again that was stopped or killed.</summary>
    public Task<InProcessSiloHandle> RestartStoppedSecondarySiloAsync(string siloName)
    {
        var number = Enumerable.Range(0, _started).FirstOrDefault(number => $"Silo_{number}" == siloName, -1);
        return number < 0
            ? throw new ArgumentException($"The cluster never had a silo named '{siloName}'.", nameof(siloName))
            : StartSiloAsync(number, Options);
    }

    /// <summary>Stops all silos and keeps the client.</summary>
    public Task StopSilosAsync() => Task.WhenAll(Silos.Select(StopSiloAsync));

    /// <summary>Stops the client and all silos.</summary>
    public void StopAllSilos() => Blocking.Run(StopAllSilosAsync);

    /// <summary>Stops the client and all silos.</summary>
    public async Task StopAllSilosAsync()
    {
        await StopClusterClientAsync();
        await StopSilosAsync();
    }

    /// <summary>The silos that run.</summary>
    public IEnumerable<InProcessSiloHandle> GetActiveSilos() => Silos.Where(silo => silo.IsActive);

    /// <summary>The silo with this address; null if there is none.</summary>
    public InProcessSiloHandle? GetSiloForAddress(SiloAddress siloAddress) => GetActiveSilos().FirstOrDefault(silo => silo.SiloAddress.Equals(siloAddress));

    /// <summary>The services of a silo; of the first, if none is named.</summary>
    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null) =>
        (silo is null ? GetActiveSilos().FirstOrDefault() : GetSiloForAddress(silo))?.ServiceProvider
        ?? throw new ArgumentException($"The cluster has no silo {silo}.", nameof(silo));

    /// <summary>Waits until the silos and the client agree on who is there.</summary>
    public Task WaitForLivenessToStabilizeAsync(bool didKill = false) => ClusterProbe.Settled(SiloServices(), _clientHost?.Services);

    /// <summary>Waits until the silos and the client agree on what is hosted where: views say both.</summary>
    public Task WaitForClusterManifestToStabilizeAsync(bool didKill = false) => WaitForLivenessToStabilizeAsync(didKill);

    /// <summary>Finds the activation of a grain.</summary>
    public bool TryGetGrainContext(GrainId grainId, [NotNullWhen(true)] out IGrainContext? grainContext)
    {
        var isFound = ClusterProbe.TryFind(SiloServices(), grainId, out var activation);
        grainContext = activation;
        return isFound;
    }

    /// <summary>Ends the activation of a grain and waits for its end.</summary>
    public Task DeactivateAsync(GrainId grainId) => ClusterProbe.Deactivate(SiloServices(), grainId);

    /// <summary>Ends the activation of a grain and waits for its end.</summary>
    public Task DeactivateAsync(IAddressable grain) => DeactivateAsync(grain.GetGrainId());

    /// <summary>Waits until a grain has no activation.</summary>
    public Task WaitForDeactivationAsync(GrainId grainId) => ClusterProbe.Deactivated(SiloServices(), grainId);

    /// <summary>Waits until a grain has no activation.</summary>
    public Task WaitForDeactivationAsync(IAddressable grain) => WaitForDeactivationAsync(grain.GetGrainId());

    /// <summary>What the silos and the client have logged.</summary>
    public string GetLog() => ClusterNetwork.Of(Options.ClusterId).Log.ToString();

    /// <inheritdoc/>
    public void Dispose() => Blocking.Run(async () => await DisposeAsync());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillClientAsync();
        await Task.WhenAll(Silos.Select(silo => silo.DisposeAsync().AsTask()));
        lock (_gate)
            _silos.Clear();
        ClusterNetwork.Forget(Options.ClusterId);
        PortAllocator.Dispose();
    }

    internal (int Silo, int Gateway) PortsOf(int instanceNumber) => (_firstPorts.Silo + instanceNumber, _firstPorts.Gateway + instanceNumber);

    private async Task Stop(InProcessSiloHandle silo, bool isGraceful)
    {
        await silo.StopSiloAsync(isGraceful);
        lock (_gate)
            _silos.Remove(silo);
        await silo.DisposeAsync();
    }

    private List<IServiceProvider> SiloServices() => [.. GetActiveSilos().Select(silo => silo.ServiceProvider)];
}
