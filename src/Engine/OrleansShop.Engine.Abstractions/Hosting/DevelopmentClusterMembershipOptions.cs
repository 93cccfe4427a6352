using System.Net;

namespace Orleans.Configuration;

/// <summary>The silo that keeps the membership of a cluster for development.</summary>
public class DevelopmentClusterMembershipOptions
{
    /// <summary>Where that silo listens; null for this one. Default: null.</summary>
    public IPEndPoint? PrimarySiloEndpoint { get; set; }
}
