using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>Puts a test cluster together whose silos and client are configured by classes.</summary>
public class TestClusterBuilder
{
    private readonly List<Action<IConfigurationBuilder>> _hostConfiguration = [];
    private readonly List<Action> _configure = [];
    private Action<TestCluster> _useCreation = static _ => { };
    private Func<SiloAddress, bool> _contains = static _ => false;

    /// <summary>Creates the builder of a cluster of two silos.</summary>
    public TestClusterBuilder()
        : this(2)
    {
    }

    /// <summary>Creates the builder of a cluster.</summary>
    public TestClusterBuilder(short initialSilosCount) => Options = new TestClusterOptions { InitialSilosCount = initialSilosCount };

    /// <summary>Gives out the ports.</summary>
    public ITestClusterPortAllocator PortAllocator { get; set; } = new TestClusterPortAllocator();

    /// <summary>Configuration for all hosts; configurators read it.</summary>
    public Dictionary<string, string?> Properties { get; } = [];

    /// <summary>What the cluster is like.</summary>
    public TestClusterOptions Options { get; }

    /// <summary>Starts a silo, in place of <see cref="TestCluster.DefaultCreateSiloAsync(string, IConfiguration)"/>.</summary>
    public Func<string, IConfiguration, Task<SiloHandle>> CreateSiloAsync
    {
        set => _useCreation = cluster => cluster.CreateSiloAsync = value;
    }

    /// <summary>Starts a silo, in place of <see cref="TestCluster.DefaultCreateSiloAsync(string, IConfiguration, CancellationToken)"/>.</summary>
    public Func<string, IConfiguration, CancellationToken, Task<SiloHandle>> CreateSiloAsyncWithCancellation
    {
        set => _useCreation = cluster => cluster.CreateSiloAsyncWithCancellation = value;
    }

    /// <summary>Returns a cluster id that no other cluster of this process has.</summary>
    public static string CreateClusterId() =>
        string.Create(CultureInfo.InvariantCulture, $"testcluster-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5))}");

    /// <summary>Has something done right before the cluster is built.</summary>
    public TestClusterBuilder ConfigureBuilder(Action configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureDelegate);
        _configure.Add(configureDelegate);
        return this;
    }

    /// <summary>Adds configuration for all hosts.</summary>
    public TestClusterBuilder ConfigureHostConfiguration(Action<IConfigurationBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureDelegate);
        _hostConfiguration.Add(configureDelegate);
        return this;
    }

    /// <summary>Has a class configure the silos: an <see cref="ISiloConfigurator"/>, an <see cref="IHostConfigurator"/>, or both.</summary>
    public TestClusterBuilder AddSiloBuilderConfigurator<T>()
        where T : new()
    {
        if (!typeof(ISiloConfigurator).IsAssignableFrom(typeof(T)) && !typeof(IHostConfigurator).IsAssignableFrom(typeof(T)))
            throw new ArgumentException($"{typeof(T)} configures no silo: implement ISiloConfigurator or IHostConfigurator.");
        Options.SiloBuilderConfiguratorTypes.Add(typeof(T).AssemblyQualifiedName);
        return this;
    }

    /// <summary>Has a class configure the client: an <see cref="IClientBuilderConfigurator"/>, an <see cref="IHostConfigurator"/>, or both.</summary>
    public TestClusterBuilder AddClientBuilderConfigurator<T>()
        where T : new()
    {
        if (!typeof(IClientBuilderConfigurator).IsAssignableFrom(typeof(T)) && !typeof(IHostConfigurator).IsAssignableFrom(typeof(T)))
            throw new ArgumentException($"{typeof(T)} configures no client: implement IClientBuilderConfigurator or IHostConfigurator.");
        Options.ClientBuilderConfiguratorTypes.Add(typeof(T).AssemblyQualifiedName);
        return this;
    }

    /// <summary>Whether a silo is or was one of the cluster that was built last; for configurators that look at the silos of the process.</summary>
    public bool ContainsSilo(SiloAddress siloAddress) => _contains(siloAddress);

    /// <summary>Builds the cluster; nothing is started.</summary>
    public TestCluster Build()
    {
        foreach (var configure in _configure)
            configure();
        if (Options.BaseSiloPort == 0 || Options.BaseGatewayPort == 0)
        {
            var (silo, gateway) = PortAllocator.AllocateConsecutivePortPairs(Math.Max((short)1, Options.InitialSilosCount) + 3);
            Options.BaseSiloPort = Options.BaseSiloPort == 0 ? silo : Options.BaseSiloPort;
            Options.BaseGatewayPort = Options.BaseGatewayPort == 0 ? gateway : Options.BaseGatewayPort;
        }

        var configuration = new ConfigurationBuilder();
        configuration.AddInMemoryCollection(Properties);
        foreach (var configure in _hostConfiguration)
            configure(configuration);
        var cluster = new TestCluster(Options, [.. configuration.Sources], PortAllocator);
        _useCreation(cluster);
        _contains = cluster.ContainsSilo;
        return cluster;
    }
}
