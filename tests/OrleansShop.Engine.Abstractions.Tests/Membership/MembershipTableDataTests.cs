using System.Net;
using Orleans;
using Orleans.Runtime;
using Xunit;

namespace OrleansShop.Engine.Abstractions.Tests.Membership;

public sealed class MembershipTableDataTests
{
    private static readonly DateTime s_now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Dead_silos_with_a_later_start_are_dropped_and_others_kept()
    {
        var data = new MembershipTableData(
            [Row(port: 1, generation: 1, SiloStatus.Dead), Row(port: 1, generation: 2, SiloStatus.Active), Row(port: 2, generation: 1, SiloStatus.Dead)],
            new TableVersion(3, "v"));
        Assert.Equal(
            ["127.0.0.1:1@2", "127.0.0.1:2@1"],
            data.WithoutDuplicateDeads().Members.Select(row => row.Item1.SiloAddress.ToParsableString()));
    }

    [Fact]
    public void A_row_is_found_by_its_silo()
    {
        var data = new MembershipTableData(Row(port: 1, generation: 1, SiloStatus.Active), new TableVersion(1, "v"));
        Assert.NotNull(data.TryGet(SiloAddress.New(IPAddress.Loopback, 1, 1)));
        Assert.Null(data.TryGet(SiloAddress.New(IPAddress.Loopback, 1, 2)));
    }

    [Fact]
    public void The_next_version_keeps_the_ETag_that_it_replaces() => Assert.Equal(new TableVersion(4, "v"), new TableVersion(3, "v").Next());

    [Fact]
    public void A_suspicion_replaces_the_silos_own_or_else_the_oldest()
    {
        var entry = Row(port: 1, generation: 1, SiloStatus.Active).Item1;
        var (first, second, third) = (Silo(11), Silo(12), Silo(13));
        entry.AddOrUpdateSuspector(first, s_now, maxVotes: 2);
        entry.AddOrUpdateSuspector(second, s_now.AddSeconds(1), maxVotes: 2);
        entry.AddOrUpdateSuspector(first, s_now.AddSeconds(2), maxVotes: 2);
        Assert.Equal([second, first], entry.SuspectTimes!.Select(vote => vote.Item1));
        entry.AddOrUpdateSuspector(third, s_now.AddSeconds(3), maxVotes: 2);
        Assert.Equal([first, third], entry.SuspectTimes!.Select(vote => vote.Item1));
    }

    private static SiloAddress Silo(int port) => SiloAddress.New(IPAddress.Loopback, port, 1);

    private static Tuple<MembershipEntry, string> Row(int port, int generation, SiloStatus status) =>
        Tuple.Create(new MembershipEntry { SiloAddress = SiloAddress.New(IPAddress.Loopback, port, generation), Status = status }, "etag");
}
