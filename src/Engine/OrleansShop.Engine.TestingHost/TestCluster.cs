using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
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
public class TestCluster : IDisposable, IAsyncDisposable
{
    // Guards _silos.
    private readonly Lock _gate = new();
    private readonly List<SiloHandle> _silos = [];
    private Func<string, IConfiguration, Task<SiloHandle>> _createSilo;
    private IHost? _clientHost;
    private int _started;

    /// <summary>Creates the cluster; nothing is started.</summary>
    public TestCluster(TestClusterOptions options, IReadOnlyList<IConfigurationSource> configurationSources, ITestClusterPortAllocator portAllocator)
    {
        Options = options;
        ConfigurationSources = configurationSources;
        PortAllocator = portAllocator;
        _createSilo = DefaultCreateSiloAsync;
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
        private get => _createSilo;
        set => _createSilo = value;
    }

    /// <summary>The silo that was started first; null before that and after it was stopped.</summary>
    public SiloHandle? Primary => Silos.FirstOrDefault(silo => silo.InstanceNumber == 0);

    /// <summary>The other silos.</summary>
    public IReadOnlyList<SiloHandle> SecondarySilos => [.. Silos.Where(silo => silo.InstanceNumber != 0)];

    /// <summary>The silos that were started and not stopped.</summary>
    public ReadOnlyCollection<SiloHandle> Silos
    {
        get
        {
            lock (_gate)
                return _silos.ToList().AsReadOnly();
        }
    }

    /// <summary>The client.</summary>
    public IClusterClient Client => ServiceProvider.GetRequiredService<IClusterClient>();

    /// <summary>The client, to make references with.</summary>
    public IGrainFactory GrainFactory => Client;

    /// <summary>The client's services.</summary>
    public IServiceProvider ServiceProvider =>
        _clientHost?.Services ?? throw new InvalidOperationException("The cluster has no client now: call DeployAsync or InitializeClientAsync.");

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
    public async Task DeployAsync()
    {
        await StartAdditionalSilosAsync(Options.InitialSilosCount);
        if (Options.InitializeClientOnDeploy)
            await InitializeClientAsync();
        await WaitForLivenessToStabilizeAsync();
    }

    /// <summary>Connects the client.</summary>
    public async Task InitializeClientAsync()
    {
        await KillClientAsync();
        _clientHost = ConfiguredHosts.Client(Configuration([]));
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
    public SiloHandle StartAdditionalSilo(bool startAdditionalSiloOnNewPort = false) => Blocking.Run(() => StartAdditionalSiloAsync(startAdditionalSiloOnNewPort));

    /// <summary>Starts one more silo.</summary>
    public async Task<SiloHandle> StartAdditionalSiloAsync(bool startAdditionalSiloOnNewPort = false) =>
        (await StartAdditionalSilosAsync(1, startAdditionalSiloOnNewPort))[0];

    /// <summary>Starts more silos, at the same time.</summary>
    public async Task<List<SiloHandle>> StartAdditionalSilosAsync(int silosToStart, bool startAdditionalSiloOnNewPort = false)
    {
        var numbers = Enumerable.Range(0, silosToStart).Select(_ => Interlocked.Increment(ref _started) - 1).ToList();
        return [.. await Task.WhenAll(numbers.Select(number => StartSiloAsync(number, Options, null, startAdditionalSiloOnNewPort)))];
    }

    /// <summary>Starts the silo with a number.</summary>
    public async Task<SiloHandle> StartSiloAsync(
        int instanceNumber, TestClusterOptions clusterOptions, IReadOnlyList<IConfigurationSource>? configurationOverrides = null, bool startSiloOnNewPort = false)
    {
        ArgumentNullException.ThrowIfNull(clusterOptions);
        var ports = startSiloOnNewPort
            ? PortAllocator.AllocateConsecutivePortPairs(1)
            : (clusterOptions.BaseSiloPort + instanceNumber, clusterOptions.BaseGatewayPort + instanceNumber);
        var configuration = Configuration(configurationOverrides ?? [], new()
        {
            [ConfiguredHosts.SiloPortKey] = Text(ports.Item1),
            [ConfiguredHosts.GatewayPortKey] = Text(clusterOptions.GatewayPerSilo || instanceNumber == 0 ? ports.Item2 : 0),
        });
        var silo = await _createSilo(NameOf(instanceNumber), configuration);
        silo.InstanceNumber = (short)instanceNumber;
        silo.ClusterOptions = clusterOptions;
        lock (_gate)
            _silos.Insert(_silos.FindIndex(other => other.InstanceNumber > instanceNumber) is var after and >= 0 ? after : _silos.Count, silo);
        return silo;
    }

    /// <summary>Starts a silo in this process.</summary>
#pragma warning disable CA1822 // It is an instance member in the official API.
    public async Task<SiloHandle> DefaultCreateSiloAsync(string siloName, IConfiguration configuration) => await InProcessSiloHandle.CreateAsync(siloName, configuration);
#pragma warning restore CA1822

    /// <summary>Stops a silo gracefully: its grains move first, and no call fails.</summary>
    public async Task StopSiloAsync(SiloHandle instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        await Stop(instance, isGraceful: true);
    }

    /// <summary>Ends a silo as a crash would.</summary>
    public async Task KillSiloAsync(SiloHandle instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        await Stop(instance, isGraceful: false);
    }

    /// <summary>Stops a silo and starts it again with the same number and ports; null if <paramref name="instance"/> is null.</summary>
    public async Task<SiloHandle?> RestartSiloAsync(SiloHandle instance)
    {
        if (instance is null)
            return null;
        await StopSiloAsync(instance);
        return await StartSiloAsync(instance.InstanceNumber, Options);
    }

    /// <summary>Starts a silo again that was stopped or killed.</summary>
    public Task<SiloHandle> RestartStoppedSecondarySiloAsync(string siloName)
    {
        var number = Enumerable.Range(0, _started).FirstOrDefault(number => NameOf(number) == siloName, -1);
        return number < 0
            ? throw new ArgumentException($"The cluster never had a silo named '{siloName}'.", nameof(siloName))
            : StartSiloAsync(number, Options);
    }

    /// <summary>Stops the first silo.</summary>
    public async Task StopPrimarySiloAsync()
    {
        if (Primary is { } primary)
            await StopSiloAsync(primary);
    }

    /// <summary>Stops the other silos.</summary>
    public async Task StopSecondarySilosAsync()
    {
        foreach (var silo in SecondarySilos)
            await StopSiloAsync(silo);
    }

    /// <summary>Stops the client and all silos.</summary>
    public void StopAllSilos() => Blocking.Run(StopAllSilosAsync);

    /// <summary>Stops the client and all silos.</summary>
    public async Task StopAllSilosAsync()
    {
        await StopClusterClientAsync();
        await Task.WhenAll(Silos.Select(StopSiloAsync));
    }

    /// <summary>The silos that run.</summary>
    public IEnumerable<SiloHandle> GetActiveSilos() => Silos.Where(silo => silo.IsActive);

    /// <summary>The silo with this address; null if there is none.</summary>
    public SiloHandle? GetSiloForAddress(SiloAddress siloAddress) => GetActiveSilos().FirstOrDefault(silo => silo.SiloAddress.Equals(siloAddress));

    /// <summary>The services of a silo; of the first, if none is named.</summary>
    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null)
    {
        var handle = silo is null ? GetActiveSilos().FirstOrDefault() : GetSiloForAddress(silo);
        return handle is InProcessSiloHandle inProcess
            ? inProcess.ServiceProvider
            : throw new ArgumentException($"No silo of this process has the address {silo}.", nameof(silo));
    }

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
    public void Dispose()
    {
        Blocking.Run(async () => await DisposeAsync());
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillClientAsync();
        await Task.WhenAll(Silos.Select(silo => silo.DisposeAsync().AsTask()));
        lock (_gate)
            _silos.Clear();
        ClusterNetwork.Forget(Options.ClusterId);
        PortAllocator.Dispose();
        GC.SuppressFinalize(this);
    }

    private static string NameOf(int instanceNumber) => instanceNumber == 0 ? "Primary" : $"Secondary_{instanceNumber}";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private async Task Stop(SiloHandle silo, bool isGraceful)
    {
        await silo.StopSiloAsync(isGraceful);
        lock (_gate)
            _silos.Remove(silo);
        await silo.DisposeAsync();
    }

    private List<IServiceProvider> SiloServices() => [.. GetActiveSilos().OfType<InProcessSiloHandle>().Select(silo => silo.ServiceProvider)];

    private IConfiguration Configuration(IReadOnlyList<IConfigurationSource> overrides, Dictionary<string, string?>? ofSilo = null)
    {
        var builder = new ConfigurationBuilder();
        foreach (var source in ConfigurationSources)
            builder.Add(source);
        builder.AddInMemoryCollection(Options.ToDictionary());
        builder.AddInMemoryCollection(ofSilo ?? []);
        foreach (var source in overrides)
            builder.Add(source);
        return builder.Build();
    }
}
