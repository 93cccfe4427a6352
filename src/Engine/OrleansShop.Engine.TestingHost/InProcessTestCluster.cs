using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
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

    private readonly RunningCluster<InProcessSiloHandle> _cluster;
    private readonly (int Silo, int Gateway) _firstPorts;

    /// <summary>Creates the cluster; nothing is started.</summary>
    public InProcessTestCluster(InProcessTestClusterOptions options, ITestClusterPortAllocator portAllocator)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(portAllocator);
        Options = options;
        PortAllocator = portAllocator;
        _firstPorts = portAllocator.AllocateConsecutivePortPairs(PortsAtOnce);
        _cluster = new(new(() => Options.ClusterId, InProcessTestSiloSpecificOptions.NameOf, Create, () => InProcessHosts.Client(Options)));
    }

    /// <summary>What the cluster is like.</summary>
    public InProcessTestClusterOptions Options { get; }

    /// <summary>Gives out the ports.</summary>
    public ITestClusterPortAllocator PortAllocator { get; }

    /// <summary>The silos that were started and not stopped.</summary>
    public ReadOnlyCollection<InProcessSiloHandle> Silos => _cluster.Silos;

    /// <summary>The client.</summary>
    public IClusterClient Client => _cluster.ClientServices.GetRequiredService<IClusterClient>();

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
    public Task DeployAsync() => DeployAsync(CancellationToken.None);

    /// <summary>Starts the silos and the client, and returns when they agree on a view.</summary>
    public Task DeployAsync(CancellationToken cancellationToken) => _cluster.Deploy(Options.InitialSilosCount, Options.InitializeClientOnDeploy, cancellationToken);

    /// <summary>Connects the client.</summary>
    public Task InitializeClientAsync() => InitializeClientAsync(CancellationToken.None);

    /// <summary>Connects the client.</summary>
    public Task InitializeClientAsync(CancellationToken cancellationToken) => _cluster.StartClient(cancellationToken);

    /// <summary>Disconnects the client.</summary>
    public Task StopClusterClientAsync() => StopClusterClientAsync(CancellationToken.None);

    /// <summary>Disconnects the client.</summary>
    public Task StopClusterClientAsync(CancellationToken cancellationToken) => _cluster.StopClient(cancellationToken);

    /// <summary>Disconnects the client and disposes it.</summary>
    public Task KillClientAsync() => _cluster.KillClient();

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
    public Task<List<InProcessSiloHandle>> StartSilosAsync(int silosToStart, CancellationToken cancellationToken) =>
        _cluster.StartSilos(silosToStart, isOnNewPorts: false, cancellationToken);

    /// <summary>Starts more silos, at the same time.</summary>
    public Task<List<InProcessSiloHandle>> StartSilosAsync(int silosToStart, bool startAdditionalSiloOnNewPort) =>
        _cluster.StartSilos(silosToStart, startAdditionalSiloOnNewPort, CancellationToken.None);

    /// <summary>Starts the silo with a number.</summary>
    public Task<InProcessSiloHandle> StartSiloAsync(int instanceNumber, InProcessTestClusterOptions clusterOptions) =>
        StartSiloAsync(instanceNumber, clusterOptions, CancellationToken.None);

    /// <summary>Starts the silo with a number.</summary>
    public Task<InProcessSiloHandle> StartSiloAsync(int instanceNumber, InProcessTestClusterOptions clusterOptions, CancellationToken cancellationToken) =>
        Start(instanceNumber, clusterOptions, isOnNewPort: false, cancellationToken);

    /// <summary>Starts the silo with a number. There is no configuration to override: hosts are configured by delegates.</summary>
    public Task<InProcessSiloHandle> StartSiloAsync(
        int instanceNumber, InProcessTestClusterOptions clusterOptions, IReadOnlyList<IConfigurationSource> configurationOverrides, bool startSiloOnNewPort) =>
        Start(instanceNumber, clusterOptions, startSiloOnNewPort, CancellationToken.None);

    /// <summary>Builds and starts a silo, which is not yet among <see cref="Silos"/>.</summary>
    public Task<InProcessSiloHandle> CreateSiloAsync(InProcessTestSiloSpecificOptions siloOptions) => CreateSiloAsync(siloOptions, CancellationToken.None);

    /// <summary>Builds and starts a silo, which is not yet among <see cref="Silos"/>.</summary>
    public Task<InProcessSiloHandle> CreateSiloAsync(InProcessTestSiloSpecificOptions siloOptions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(siloOptions);
        return InProcessSiloHandle.Start(InProcessHosts.Silo(Options, siloOptions), cancellationToken);
    }

    /// <summary>Stops a silo gracefully: its grains move first, and no call fails.</summary>
    public Task StopSiloAsync(InProcessSiloHandle instance) => StopSiloAsync(instance, CancellationToken.None);

    /// <summary>Stops a silo gracefully; once the token is cancelled, without waiting for what still runs.</summary>
    public Task StopSiloAsync(InProcessSiloHandle instance, CancellationToken cancellationToken) => _cluster.Stop(instance, isGraceful: true, cancellationToken);

    /// <summary>Ends a silo as a crash would.</summary>
    public Task KillSiloAsync(InProcessSiloHandle instance) => KillSiloAsync(instance, CancellationToken.None);

    /// <summary>Ends a silo as a crash would.</summary>
    public Task KillSiloAsync(InProcessSiloHandle instance, CancellationToken cancellationToken) => _cluster.Stop(instance, isGraceful: false, cancellationToken);

    /// <summary>Stops a silo and starts it again with the same number and ports; null if <paramref name="instance"/> is null.</summary>
    public Task<InProcessSiloHandle?> RestartSiloAsync(InProcessSiloHandle instance) => _cluster.Restart(instance);

    /// <summary>Starts a silo again that was stopped or killed.</summary>
    public Task<InProcessSiloHandle> RestartStoppedSecondarySiloAsync(string siloName) => _cluster.RestartStopped(siloName);

    /// <summary>Stops all silos and keeps the client.</summary>
    public Task StopSilosAsync() => StopSilosAsync(CancellationToken.None);

    /// <summary>Stops all silos and keeps the client.</summary>
    public Task StopSilosAsync(CancellationToken cancellationToken) => _cluster.StopSilos(Silos, cancellationToken);

    /// <summary>Stops the client and all silos.</summary>
    public void StopAllSilos() => Blocking.Run(StopAllSilosAsync);

    /// <summary>Stops the client and all silos.</summary>
    public Task StopAllSilosAsync() => StopAllSilosAsync(CancellationToken.None);

    /// <summary>Stops the client and all silos.</summary>
    public Task StopAllSilosAsync(CancellationToken cancellationToken) => _cluster.StopAll(cancellationToken);

    /// <summary>The silos that run.</summary>
    public IEnumerable<InProcessSiloHandle> GetActiveSilos() => _cluster.Active;

    /// <summary>Whether a silo is or was one of this cluster's.</summary>
    public bool ContainsSilo(SiloAddress siloAddress) => _cluster.Contains(siloAddress);

    /// <summary>The silo with this address; null if there is none.</summary>
    public InProcessSiloHandle? GetSiloForAddress(SiloAddress siloAddress) => _cluster.At(siloAddress);

    /// <summary>The services of a silo; of the first, if none is named.</summary>
    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null) => _cluster.ServicesOf(silo);

    /// <summary>Waits until the silos and the client agree on who is there.</summary>
    public Task WaitForLivenessToStabilizeAsync(bool didKill = false) => _cluster.Settled();

    /// <summary>Waits until the silos and the client agree on what is hosted where: views say both.</summary>
    public Task WaitForClusterManifestToStabilizeAsync(bool didKill = false) => _cluster.Settled();

    /// <summary>Finds the activation of a grain.</summary>
    public bool TryGetGrainContext(GrainId grainId, [NotNullWhen(true)] out IGrainContext? grainContext) => _cluster.TryFind(grainId, out grainContext);

    /// <summary>Ends the activation of a grain and waits for its end.</summary>
    public Task DeactivateAsync(GrainId grainId) => _cluster.Deactivate(grainId);

    /// <summary>Ends the activation of a grain and waits for its end.</summary>
    public Task DeactivateAsync(IAddressable grain) => DeactivateAsync(grain.GetGrainId());

    /// <summary>Moves the activation of a grain to another silo, and waits until it has left its own.</summary>
    /// <param name="grainId">The grain; it has to be active.</param>
    /// <param name="targetSilo">The silo; null for any other that hosts the grain's class.</param>
    public Task MigrateAsync(GrainId grainId, SiloAddress? targetSilo = null) => _cluster.Migrate(grainId, targetSilo);

    /// <summary>Moves the activation of a grain to another silo, and waits until it has left its own.</summary>
    /// <param name="grain">The grain; it has to be active.</param>
    /// <param name="targetSilo">The silo; null for any other that hosts the grain's class.</param>
    public Task MigrateAsync(IAddressable grain, SiloAddress? targetSilo = null) => MigrateAsync(grain.GetGrainId(), targetSilo);

    /// <summary>Waits until a grain has no activation.</summary>
    public Task WaitForDeactivationAsync(GrainId grainId) => _cluster.Deactivated(grainId);

    /// <summary>Waits until a grain has no activation.</summary>
    public Task WaitForDeactivationAsync(IAddressable grain) => WaitForDeactivationAsync(grain.GetGrainId());

    /// <summary>What the silos and the client have logged.</summary>
    public string GetLog() => _cluster.Log;

    /// <inheritdoc/>
    public void Dispose() => Blocking.Run(async () => await DisposeAsync());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _cluster.Dispose();
        PortAllocator.Dispose();
    }

    internal (int Silo, int Gateway) PortsOf(int instanceNumber) => (_firstPorts.Silo + instanceNumber, _firstPorts.Gateway + instanceNumber);

    private Task<InProcessSiloHandle> Create(int instanceNumber, bool isOnNewPort, CancellationToken cancellationToken) =>
        CreateSiloAsync(InProcessTestSiloSpecificOptions.Create(this, Options, instanceNumber, isOnNewPort), cancellationToken);

    private async Task<InProcessSiloHandle> Start(int instanceNumber, InProcessTestClusterOptions clusterOptions, bool isOnNewPort, CancellationToken cancellationToken) =>
        _cluster.Enlist(await CreateSiloAsync(InProcessTestSiloSpecificOptions.Create(this, clusterOptions, instanceNumber, isOnNewPort), cancellationToken), instanceNumber);
}
