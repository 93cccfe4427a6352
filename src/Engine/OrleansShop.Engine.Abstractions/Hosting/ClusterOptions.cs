namespace Orleans.Configuration;

/// <summary>Which cluster and which service a silo or client belongs to.</summary>
public class ClusterOptions
{
    /// <summary>The cluster id if none is set.</summary>
    public const string DefaultClusterId = "default";

    /// <summary>The service id if none is set.</summary>
    public const string DefaultServiceId = "default";

    /// <summary>Names the deployment: silos and clients of different clusters do not see each other. Default: "default".</summary>
    public string ClusterId { get; set; } = DefaultClusterId;

    /// <summary>Names the service for storage and queues, where it outlives a deployment: state is found again only under the same id. Default: "default".</summary>
    public string ServiceId { get; set; } = DefaultServiceId;
}
