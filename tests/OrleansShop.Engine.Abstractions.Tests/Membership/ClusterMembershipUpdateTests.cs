using System.Collections.Immutable;
using System.Net;
using Orleans.Runtime;
using Xunit;

namespace OrleansShop.Engine.Abstractions.Tests.Membership;

public sealed class ClusterMembershipUpdateTests
{
    private static readonly SiloAddress A = SiloAddress.New(IPAddress.Loopback, 1, 1);
    private static readonly SiloAddress B = SiloAddress.New(IPAddress.Loopback, 2, 1);
    private static readonly SiloAddress C = SiloAddress.New(IPAddress.Loopback, 3, 1);

    [Fact]
    public void An_update_has_what_is_new_what_has_another_status_and_what_is_gone()
    {
        var before = View(1, (A, SiloStatus.Active), (B, SiloStatus.Joining));
        var after = View(2, (B, SiloStatus.Active), (C, SiloStatus.Joining));
        var update = after.CreateUpdate(before);

        Assert.True(update.HasChanges);
        Assert.Same(after, update.Snapshot);
        Assert.Equal(
            [(A, SiloStatus.Dead), (B, SiloStatus.Active), (C, SiloStatus.Joining)],
            update.Changes.Select(member => (member.SiloAddress, member.Status)).OrderBy(change => change.SiloAddress));
    }

    [Fact]
    public void Nothing_has_changed_between_a_view_and_itself_and_everything_since_the_beginning()
    {
        var view = View(1, (A, SiloStatus.Active), (B, SiloStatus.Joining));
        Assert.False(view.CreateUpdate(view).HasChanges);
        Assert.Equal(2, view.AsUpdate().Changes.Length);
    }

    private static ClusterMembershipSnapshot View(long version, params (SiloAddress Silo, SiloStatus Status)[] members) =>
        new(members.ToImmutableDictionary(member => member.Silo, member => new ClusterMember(member.Silo, member.Status, "silo")), new MembershipVersion(version));
}
