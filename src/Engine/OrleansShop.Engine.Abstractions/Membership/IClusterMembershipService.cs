namespace Orleans.Runtime;

/// <summary>The views of the cluster.</summary>
public interface IClusterMembershipService
{
    /// <summary>The latest view.</summary>
    ClusterMembershipSnapshot CurrentSnapshot { get; }

    /// <summary>The latest view, then each newer one.</summary>
    IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates { get; }

    /// <summary>Waits until the view is at least this one; without a version, reads the latest.</summary>
    ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default);

    /// <summary>Declares a silo dead; false if that is not supported.</summary>
    Task<bool> TryKill(SiloAddress siloAddress);
}
