using OrleansShop.Storage.DynamoDB.Tables;

namespace OrleansShop.Engine.DynamoDB.Membership;

/// <summary>
/// The official layout of the membership table, and attributes of ours. The grain classes of a silo are an item of their own in a partition of its own: they never
/// change, so that each process reads them once.
/// </summary>
internal static class MembershipTable
{
    /// <summary>Partition key: the cluster's id.</summary>
    public const string DeploymentId = nameof(DeploymentId);

    /// <summary>Sort key: address, port and generation, with hyphens between; or <see cref="VersionRow"/>.</summary>
    public const string SiloIdentity = nameof(SiloIdentity);

    public const string VersionRow = nameof(VersionRow);
    public const string Address = nameof(Address);
    public const string Port = nameof(Port);
    public const string Generation = nameof(Generation);
    public const string HostName = nameof(HostName);
    public const string SiloStatus = nameof(SiloStatus);
    public const string ProxyPort = nameof(ProxyPort);
    public const string SiloName = nameof(SiloName);
    public const string SuspectingSilos = nameof(SuspectingSilos);
    public const string SuspectingTimes = nameof(SuspectingTimes);
    public const string StartTime = nameof(StartTime);
    public const string IAmAliveTime = nameof(IAmAliveTime);
    public const string ETag = nameof(ETag);

    /// <summary>The version in which a row was written, renewals aside; of the version row, that of the table.</summary>
    public const string MembershipVersion = nameof(MembershipVersion);

    /// <summary>Ours: counts the renewals.</summary>
    public const string Heartbeat = nameof(Heartbeat);

    /// <summary>Ours: of the renewal that has set <see cref="Heartbeat"/>.</summary>
    public const string RenewalNonce = nameof(RenewalNonce);

    /// <summary>Ours: the view that the silo has acknowledged.</summary>
    public const string AcknowledgedView = nameof(AcknowledgedView);

    /// <summary>Ours: the partitions that it still drained then, as text.</summary>
    public const string Draining = nameof(Draining);

    /// <summary>Ours: whether the silo has left with nothing running.</summary>
    public const string HasDrained = nameof(HasDrained);

    /// <summary>Ours: the version in which the last row that this one has replaced was written.</summary>
    public const string PredecessorEnded = nameof(PredecessorEnded);

    /// <summary>Ours, of the version row: the version of the last crash.</summary>
    public const string LastCrash = nameof(LastCrash);

    /// <summary>Ours, of the version row: drawn with the first version.</summary>
    public const string History = nameof(History);

    /// <summary>Ours, of the version row: the highest generation whose row was removed.</summary>
    public const string ForgottenGeneration = nameof(ForgottenGeneration);

    /// <summary>Ours, of an item of grain classes: compressed JSON.</summary>
    public const string Hosts = nameof(Hosts);

    public static TableLayout Layout { get; } = new("cluster membership", KeyColumn.Text(DeploymentId), KeyColumn.Text(SiloIdentity));

    /// <summary>The partition of the grain classes of a cluster's silos. A cluster's id may not end like it.</summary>
    public static string HostsOf(string clusterId) => $"{clusterId}/hosts";
}
