using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Runtime;
using OrleansShop.Engine.TestingHost;

namespace Orleans.TestingHost;

/// <summary>
/// Several silos and a client in this process. They talk through memory unless <see cref="TestClusterOptions.ConnectionTransport"/> says otherwise, but in the
/// bytes that would go over a network: what is not serializable does not work here either.
/// </summary>
public class TestCluster : IDisposable, IAsyncDisposable
{
    private readonly RunningCluster<SiloHandle> _cluster;
    private Func<string, IConfiguration, CancellationToken, Task<SiloHandle>> _createSilo;

    /// <summary>Creates the cluster; nothing is started.</summary>
    public TestCluster(TestClusterOptions options, IReadOnlyList<IConfigurationSource> configurationSources, ITestClusterPortAllocator portAllocator)
    {
        Options = options;
        ConfigurationSources = configurationSources;
        PortAllocator = portAllocator;
        _createSilo = DefaultCreateSiloAsync;
        _cluster = new(new(
            () => Options.ClusterId,
            TestSiloSpecificOptions.NameOf,
            (number, isOnNewPort, cancellationToken) => Create(number, Options, [], isOnNewPort, cancellationToken),
            () => ConfiguredHosts.Client(Configuration([], []), postConfigure: null)));
    }

    /// <summary>What the cluster is like.</summary>
    public TestClusterOptions Options { get; }

    /// <summary>Configuration of all hosts besides the options.</summary>
    public IReadOnlyList<IConfigurationSource> ConfigurationSources { get; }

    /// <summary>Gives out the ports.</summary>
    public ITestClusterPortAllocator PortAllocator { get; }

    /// <summary>Starts a silo, in place of <see cref="DefaultCreateSiloAsync(string, IConfiguration)"/>.</summary>
    public Func<string, IConfiguration, Task<SiloHandle>> CreateSiloAsync
    {
        set => _createSilo = (name, configuration, _) => value(name, configuration);
    }

    /// <summary>Starts a silo, in place of <see cref="DefaultCreateSiloAsync(string, IConfiguration, CancellationToken)"/>.</summary>
    public Func<string, IConfiguration, CancellationToken, Task<SiloHandle>> CreateSiloAsyncWithCancellation
    {
        set => _createSilo = value;
    }

    /// <summary>The silo that was started first; null before that and after it was stopped.</summary>
    public SiloHandle? Primary => Silos.FirstOrDefault(silo => silo.InstanceNumber == 0);

    /// <summary>The other silos.</summary>
    public IReadOnlyList<SiloHandle> SecondarySilos => [.. Silos.Where(silo => silo.InstanceNumber != 0)];

    /// <summary>The silos that were started and not stopped.</summary>
    public ReadOnlyCollection<SiloHandle> Silos => _cluster.Silos;

    /// <summary>The client.</summary>
    public IClusterClient Client => ServiceProvider.GetRequiredService<IClusterClient>();

    /// <summary>The client, to make references with.</summary>
    public IGrainFactory GrainFactory => Client;

    /// <summary>The client's services.</summary>
    public IServiceProvider ServiceProvider => _cluster.ClientServices;

    /// <summary>How long a view takes to spread at most.</summary>
    public static TimeSpan GetLivenessStabilizationTime(ClusterMembershipOptions clusterMembershipOptions, bool didKill = false) =>
        TimeSpan.FromSeconds(didKill ? 1 : 0.5);

    /// <summary>Starts a silo of <paramref name="cluster"/>.</summary>
    public static Task<SiloHandle> StartSiloAsync(
        TestCluster cluster, int instanceNumber, TestClusterOptions clusterOptions, IReadOnlyList<IConfigurationSource>? configurationOverrides = null,
        bool startSiloOnNewPort = false)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return cluster.StartSiloAsync(instanceNumber, clusterOptions, configurationOverrides, startSiloOnNewPort);
    }

    /// <summary>Starts the silos and the client.</summary>
    public void Deploy() => Blocking.Run(DeployAsync);

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
    public SiloHandle StartAdditionalSilo(bool startAdditionalSiloOnNewPort = false) => Blocking.Run(() => StartAdditionalSiloAsync(startAdditionalSiloOnNewPort));

    /// <summary>Starts one more silo.</summary>
    public async Task<SiloHandle> StartAdditionalSiloAsync(bool startAdditionalSiloOnNewPort = false) =>
        (await StartAdditionalSilosAsync(1, startAdditionalSiloOnNewPort))[0];

    /// <summary>Starts more silos, at the same time.</summary>
    public Task<List<SiloHandle>> StartAdditionalSilosAsync(int silosToStart, bool startAdditionalSiloOnNewPort = false) =>
        StartAdditionalSilosAsync(silosToStart, startAdditionalSiloOnNewPort, CancellationToken.None);

    /// <summary>Starts more silos, at the same time.</summary>
    public Task<List<SiloHandle>> StartAdditionalSilosAsync(int silosToStart, bool startAdditionalSiloOnNewPort, CancellationToken cancellationToken) =>
        _cluster.StartSilos(silosToStart, startAdditionalSiloOnNewPort, cancellationToken);

    /// <summary>Starts the silo with a number.</summary>
    public Task<SiloHandle> StartSiloAsync(
        int instanceNumber, TestClusterOptions clusterOptions, IReadOnlyList<IConfigurationSource>? configurationOverrides = null, bool startSiloOnNewPort = false) =>
        StartSiloAsync(instanceNumber, clusterOptions, configurationOverrides, startSiloOnNewPort, CancellationToken.None);

    /// <summary>Starts the silo with a number.</summary>
    public async Task<SiloHandle> StartSiloAsync(
        int instanceNumber, TestClusterOptions clusterOptions, IReadOnlyList<IConfigurationSource>? configurationOverrides, bool startSiloOnNewPort,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clusterOptions);
        return _cluster.Enlist(await Create(instanceNumber, clusterOptions, configurationOverrides ?? [], startSiloOnNewPort, cancellationToken), instanceNumber);
    }

    /// <summary>Starts a silo in this process.</summary>
    public Task<SiloHandle> DefaultCreateSiloAsync(string siloName, IConfiguration configuration) => DefaultCreateSiloAsync(siloName, configuration, CancellationToken.None);

    /// <summary>Starts a silo in this process.</summary>
#pragma warning disable CA1822 // It is an instance member in the official API.
    public async Task<SiloHandle> DefaultCreateSiloAsync(string siloName, IConfiguration configuration, CancellationToken cancellationToken) =>
        await InProcessSiloHandle.CreateAsync(siloName, configuration, postConfigureHostBuilder: null, cancellationToken);
#pragma warning restore CA1822

    /// <summary>Stops a silo gracefully: its grains move first, and no call fails.</summary>
    public Task StopSiloAsync(SiloHandle instance) => StopSiloAsync(instance, CancellationToken.None);

    /// <summary>Stops a silo gracefully; once the token is cancelled, without waiting for what still runs.</summary>
    public Task StopSiloAsync(SiloHandle instance, CancellationToken cancellationToken) => _cluster.Stop(instance, isGraceful: true, cancellationToken);

    /// <summary>Ends a silo as a crash would.</summary>
    public Task KillSiloAsync(SiloHandle instance) => KillSiloAsync(instance, CancellationToken.None);

    /// <summary>Ends a silo as a crash would.</summary>
    public Task KillSiloAsync(SiloHandle instance, CancellationToken cancellationToken) => _cluster.Stop(instance, isGraceful: false, cancellationToken);

    /// <summary>Stops a silo and starts it again with the same number and ports; null if <paramref name="instance"/> is null.</summary>
    public Task<SiloHandle?> RestartSiloAsync(SiloHandle instance) => _cluster.Restart(instance);

    /// <summary>Starts a silo again that was stopped or killed.</summary>
    public Task<SiloHandle> RestartStoppedSecondarySiloAsync(string siloName) => _cluster.RestartStopped(siloName);

    /// <summary>Stops the first silo.</summary>
    public Task StopPrimarySiloAsync() => StopPrimarySiloAsync(CancellationToken.None);

    /// <summary>Stops the first silo.</summary>
    public Task StopPrimarySiloAsync(CancellationToken cancellationToken) => Primary is { } primary ? StopSiloAsync(primary, cancellationToken) : Task.CompletedTask;

    /// <summary>Stops the other silos.</summary>
    public Task StopSecondarySilosAsync() => StopSecondarySilosAsync(CancellationToken.None);

    /// <summary>Stops the other silos.</summary>
    public Task StopSecondarySilosAsync(CancellationToken cancellationToken) => _cluster.StopSilos(SecondarySilos, cancellationToken);

    /// <summary>Stops the client and all silos.</summary>
    public void StopAllSilos() => Blocking.Run(StopAllSilosAsync);

    /// <summary>Stops the client and all silos.</summary>
    public Task StopAllSilosAsync() => StopAllSilosAsync(CancellationToken.None);

    /// <summary>Stops the client and all silos.</summary>
    public Task StopAllSilosAsync(CancellationToken cancellationToken) => _cluster.StopAll(cancellationToken);

    /// <summary>The silos that run.</summary>
    public IEnumerable<SiloHandle> GetActiveSilos() => _cluster.Active;

    /// <summary>Whether a silo is or was one of this cluster's.</summary>
    public bool ContainsSilo(SiloAddress siloAddress) => _cluster.Contains(siloAddress);

    /// <summary>The silo with this address; null if there is none.</summary>
    public SiloHandle? GetSiloForAddress(SiloAddress siloAddress) => _cluster.At(siloAddress);

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
    public void Dispose()
    {
        Blocking.Run(async () => await DisposeAsync());
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _cluster.Dispose();
        PortAllocator.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task<SiloHandle> Create(
        int instanceNumber, TestClusterOptions clusterOptions, IReadOnlyList<IConfigurationSource> overrides, bool isOnNewPort, CancellationToken cancellationToken)
    {
        var ofSilo = TestSiloSpecificOptions.Create(this, clusterOptions, instanceNumber, isOnNewPort);
        var silo = await _createSilo(ofSilo.SiloName, Configuration(overrides, ofSilo.ToDictionary()), cancellationToken);
        silo.ClusterOptions = clusterOptions;
        return silo;
    }

    private IConfigurationRoot Configuration(IReadOnlyList<IConfigurationSource> overrides, Dictionary<string, string?> ofSilo)
    {
        var builder = new ConfigurationBuilder();
        foreach (var source in ConfigurationSources)
            builder.Add(source);
        builder.AddInMemoryCollection(Options.ToDictionary());
        builder.AddInMemoryCollection(ofSilo);
        foreach (var source in overrides)
            builder.Add(source);
        return builder.Build();
    }
}
