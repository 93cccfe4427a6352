using System.Globalization;

namespace Orleans.TestingHost;

/// <summary>What a test cluster is like.</summary>
public class TestClusterOptions
{
    /// <summary>The cluster's id. Default: a new one for each cluster.</summary>
    public string ClusterId { get; set; } = TestClusterBuilder.CreateClusterId();

    /// <summary>The service's id. Default: the same as the cluster's.</summary>
    public string ServiceId { get; set; } = "";

    /// <summary>The port of the first silo; others count up from it. Default 0: the port allocator's choice.</summary>
    public int BaseSiloPort { get; set; }

    /// <summary>The gateway port of the first silo. Default 0: the port allocator's choice.</summary>
    public int BaseGatewayPort { get; set; }

    /// <summary>Whether the silos and the client find each other through memory. Default true. Otherwise configurators say how, and how they are connected.</summary>
    public bool UseTestClusterMembership { get; set; } = true;

    /// <summary>Whether statistics of the machine are read. Default false. Has no effect yet.</summary>
    public bool UseRealEnvironmentStatistics { get; set; }

    /// <summary>Whether a client is connected when the cluster is deployed. Default true.</summary>
    public bool InitializeClientOnDeploy { get; set; } = true;

    /// <summary>How many silos are started. Default 2 through the builder, else 0.</summary>
    public short InitialSilosCount { get; set; }

    /// <summary>The folder of the application. Default null: that of the process.</summary>
    public string? ApplicationBaseDirectory { get; set; }

    /// <summary>Whether logs go to files. Default true. Logs are kept in memory: see <see cref="TestCluster.GetLog"/>.</summary>
    public bool ConfigureFileLogging { get; set; } = true;

    /// <summary>Whether all silos host the same grains. Default true. Has no effect: each silo tells the others what it hosts.</summary>
    public bool AssumeHomogenousSilosForTesting { get; set; } = true;

    /// <summary>Whether each silo takes clients, and not only the first. Default true.</summary>
    public bool GatewayPerSilo { get; set; } = true;

    /// <summary>How the silos and the client are connected. Default <see cref="ConnectionTransportType.InMemory"/>.</summary>
    public ConnectionTransportType ConnectionTransport { get; set; } = ConnectionTransportType.InMemory;

    /// <summary>The assembly-qualified names of the classes that configure silos or their hosts.</summary>
    public List<string?> SiloBuilderConfiguratorTypes { get; } = [];

    /// <summary>The assembly-qualified names of the classes that configure the client.</summary>
    public List<string?> ClientBuilderConfiguratorTypes { get; } = [];

    /// <summary>The options as configuration, for configurators that read it.</summary>
    public Dictionary<string, string?> ToDictionary()
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Orleans:ClusterId"] = ClusterId,
            ["Orleans:ServiceId"] = ServiceId.Length == 0 ? ClusterId : ServiceId,
            [nameof(ClusterId)] = ClusterId,
            [nameof(ServiceId)] = ServiceId.Length == 0 ? ClusterId : ServiceId,
            [nameof(BaseSiloPort)] = Text(BaseSiloPort),
            [nameof(BaseGatewayPort)] = Text(BaseGatewayPort),
            [nameof(UseTestClusterMembership)] = UseTestClusterMembership.ToString(),
            [nameof(UseRealEnvironmentStatistics)] = UseRealEnvironmentStatistics.ToString(),
            [nameof(InitializeClientOnDeploy)] = InitializeClientOnDeploy.ToString(),
            [nameof(InitialSilosCount)] = Text(InitialSilosCount),
            [nameof(ApplicationBaseDirectory)] = ApplicationBaseDirectory,
            [nameof(ConfigureFileLogging)] = ConfigureFileLogging.ToString(),
            [nameof(AssumeHomogenousSilosForTesting)] = AssumeHomogenousSilosForTesting.ToString(),
            [nameof(ConnectionTransport)] = ConnectionTransport.ToString(),
            [nameof(GatewayPerSilo)] = GatewayPerSilo.ToString(),
        };
        for (var i = 0; i < SiloBuilderConfiguratorTypes.Count; i++)
            values[$"{nameof(SiloBuilderConfiguratorTypes)}:{i}"] = SiloBuilderConfiguratorTypes[i];
        for (var i = 0; i < ClientBuilderConfiguratorTypes.Count; i++)
            values[$"{nameof(ClientBuilderConfiguratorTypes)}:{i}"] = ClientBuilderConfiguratorTypes[i];
        return values;
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
