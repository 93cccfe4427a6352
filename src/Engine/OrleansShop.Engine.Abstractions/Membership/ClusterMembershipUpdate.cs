using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>A view of the cluster, and what has changed since an earlier one. Immutable.</summary>
[GenerateSerializer]
[Immutable]
public sealed class ClusterMembershipUpdate
{
    /// <summary>Creates an update.</summary>
    public ClusterMembershipUpdate(ClusterMembershipSnapshot snapshot, ImmutableArray<ClusterMember> changes)
    {
        Snapshot = snapshot;
        Changes = changes;
    }

    /// <summary>The silos that have changed, as they are now.</summary>
    [Id(0)]
    public ImmutableArray<ClusterMember> Changes { get; }

    /// <summary>The view.</summary>
    [Id(1)]
    public ClusterMembershipSnapshot Snapshot { get; }

    /// <summary>Whether anything has changed.</summary>
    public bool HasChanges => !Changes.IsDefaultOrEmpty;
}
