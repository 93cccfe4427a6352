using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>A view of the cluster: its version and its silos. Immutable.</summary>
[GenerateSerializer]
[Immutable]
public sealed class ClusterMembershipSnapshot : ISpanFormattable
{
    /// <summary>Creates a view.</summary>
    public ClusterMembershipSnapshot(ImmutableDictionary<SiloAddress, ClusterMember> members, MembershipVersion version)
    {
        Members = members;
        Version = version;
    }

    /// <summary>The silos.</summary>
    [Id(0)]
    public ImmutableDictionary<SiloAddress, ClusterMember> Members { get; }

    /// <summary>The version.</summary>
    [Id(1)]
    public MembershipVersion Version { get; }

    /// <summary>Returns a silo's status; Dead if a later start of it is here, None if it is not known.</summary>
    public SiloStatus GetSiloStatus(SiloAddress silo)
    {
        if (Members.TryGetValue(silo, out var member))
            return member.Status;
        return Members.Keys.Any(known => known.IsSuccessorOf(silo)) ? SiloStatus.Dead : SiloStatus.None;
    }

    /// <summary>The same, but Dead for a silo that was seen in a view that is not newer than this one and is gone from it.</summary>
    public SiloStatus GetSiloStatus(SiloAddress silo, MembershipVersion seenAtVersion)
    {
        var status = GetSiloStatus(silo);
        return status == SiloStatus.None && seenAtVersion <= Version ? SiloStatus.Dead : status;
    }

    /// <summary>The view as a change from nothing: every silo is new.</summary>
    public ClusterMembershipUpdate AsUpdate() => new(this, [.. Members.Values]);

    /// <summary>What has changed since an earlier view: the silos that are new or have another status, and those that are gone, as dead.</summary>
    public ClusterMembershipUpdate CreateUpdate(ClusterMembershipSnapshot previous)
    {
        ArgumentNullException.ThrowIfNull(previous);
        var changed = Members.Values.Where(member => !previous.Members.TryGetValue(member.SiloAddress, out var before) || before.Status != member.Status);
        var gone = previous.Members.Values.Where(member => !Members.ContainsKey(member.SiloAddress))
            .Select(member => new ClusterMember(member.SiloAddress, SiloStatus.Dead, member.Name));
        return new(this, [.. changed, .. gone]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{this}";

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite($"[view {Version}: {string.Join(", ", Members.Values)}]", out charsWritten);
}
