namespace OrleansShop.Gateway.Ownership;

/// <summary>
/// Whether requests go straight to the process whose silo owns their entity. Section <c>Gateway:OwnerRouting</c>. It takes a cluster that other processes can be clients of:
/// <c>Cluster:Membership</c>, <c>Cluster:Id</c> and <c>Cluster:ServiceId</c> as at the services, and services with a <c>Cluster:GatewayPort</c>.
/// </summary>
internal sealed record OwnerRoutingOptions
{
    public const string Section = "Gateway:OwnerRouting";

    /// <summary>Whether to look for the owner. Default true; false to spread requests over all processes of a service alike.</summary>
    public bool Enabled { get; init; } = true;
}
