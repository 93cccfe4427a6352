using Microsoft.Extensions.Hosting;

namespace Orleans.TestingHost;

/// <summary>What an <see cref="InProcessTestCluster"/> is like.</summary>
public sealed class InProcessTestClusterOptions
{
    /// <summary>The cluster's id. Default: a new one for each cluster.</summary>
    public string ClusterId { get; set; } = TestClusterBuilder.CreateClusterId();

    /// <summary>The service's id. Default: a new one for each cluster.</summary>
    public string ServiceId { get; set; } = TestClusterBuilder.CreateClusterId();

    /// <summary>Whether a distributed directory is used. Default false. Has no effect: the ring needs no directory.</summary>
    public bool UseDistributedGrainDirectory { get; set; }

    /// <summary>Whether statistics of the machine are read. Default false. Has no effect yet.</summary>
    public bool UseRealEnvironmentStatistics { get; set; }

    /// <summary>Whether a client is connected when the cluster is deployed. Default true.</summary>
    public bool InitializeClientOnDeploy { get; set; } = true;

    /// <summary>How many silos are started. Default 1 through the builder, else 0.</summary>
    public short InitialSilosCount { get; set; }

    /// <summary>Whether logs go to files. Default true. Logs are kept in memory: see <see cref="InProcessTestCluster.GetLog"/>.</summary>
    public bool ConfigureFileLogging { get; set; } = true;

    /// <summary>Whether all silos host the same grains. Default true. Has no effect: each silo tells the others what it hosts.</summary>
    public bool AssumeHomogenousSilosForTesting { get; set; } = true;

    /// <summary>Whether each silo takes clients, and not only the first. Default true.</summary>
    public bool GatewayPerSilo { get; set; } = true;

    /// <summary>What configures the hosts of the silos.</summary>
    public List<Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder>> SiloHostConfigurationDelegates { get; } = [];

    /// <summary>What configures the host of the client.</summary>
    public List<Action<IHostApplicationBuilder>> ClientHostConfigurationDelegates { get; } = [];
}
