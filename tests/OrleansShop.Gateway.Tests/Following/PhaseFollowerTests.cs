using System.Net;
using Microsoft.AspNetCore.Http;
using OrleansShop.Gateway.Phases;
using OrleansShop.Gateway.Tests.Fixtures;
using OrleansShop.Strangler.Phases;
using Xunit;

namespace OrleansShop.Gateway.Tests.Following;

public sealed class PhaseFollowerTests
{
    private const string Api = "/petclinic/api";

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"capability":"pets","phase":"Canary","epoch":7,"changedAt":null,"by":null,"percent":100}""")]
    [InlineData("""{"capability":null,"phase":"Canary","epoch":7,"changedAt":null,"by":null}""")]
    [InlineData("no JSON")]
    public async Task What_is_no_status_of_the_capability_changes_nothing_and_the_gateway_goes_on(string answer)
    {
        await using var clinic = await Clinic.StartAsync();
        await using var foreign = await StubBackend.StartAsync("foreign");
        var asked = 0;
        foreign.Answer = http =>
        {
            Interlocked.Increment(ref asked);
            http.Response.ContentType = "application/json";
            return http.Response.WriteAsync(answer);
        };
        await clinic.RestartGatewayAsync(new() { ["Capabilities:owners:Service"] = foreign.Address.ToString() });
        await Eventually.Holds(() => Task.FromResult(Volatile.Read(ref asked) > 3), "the foreign service was asked");

        Assert.Equal("monolith", (await clinic.Gateway.EchoAsync(HttpMethod.Get, $"{Api}/owners/1")).Backend);
        using var alive = await clinic.Gateway.Client.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    [Fact]
    public async Task Requests_follow_the_phases_of_a_service()
    {
        await using var clinic = await Clinic.StartAsync();
        var inShare = LiveMoves.IdIn("owner", 30, isInShare: true);
        var outside = LiveMoves.IdIn("owner", 30, isInShare: false);

        await clinic.MoveAsync("owners", CapabilityPhase.Shadow);
        Assert.Equal("monolith", await SideAsync(HttpMethod.Get, $"/owners/{inShare}"));

        await clinic.MoveAsync("owners", CapabilityPhase.Canary, percent: 30);
        Assert.Equal("owners", await SideAsync(HttpMethod.Get, $"/owners/{inShare}"));
        Assert.Equal("owners", await SideAsync(HttpMethod.Put, $"/owners/{inShare}"));
        Assert.Equal("monolith", await SideAsync(HttpMethod.Get, $"/owners/{outside}"));
        Assert.Equal("monolith", await SideAsync(HttpMethod.Put, $"/owners/{outside}"));
        Assert.Equal("monolith", await SideAsync(HttpMethod.Get, "/owners"));

        await clinic.MoveAsync("owners", CapabilityPhase.Grains);
        Assert.Equal("owners", await SideAsync(HttpMethod.Get, $"/owners/{outside}"));
        Assert.Equal("monolith", await SideAsync(HttpMethod.Get, "/owners"));

        await clinic.MoveAsync("owners", CapabilityPhase.Grains, lists: ListSide.Grains);
        Assert.Equal("owners", await SideAsync(HttpMethod.Get, "/owners"));

        await clinic.MoveAsync("owners", CapabilityPhase.Canary);
        Assert.Equal("monolith", await SideAsync(HttpMethod.Get, $"/owners/{inShare}"));

        await clinic.MoveAsync("owners", CapabilityPhase.Monolith);
        Assert.Equal("monolith", await SideAsync(HttpMethod.Put, $"/owners/{inShare}"));

        async Task<string> SideAsync(HttpMethod method, string path) => (await clinic.Gateway.EchoAsync(method, Api + path)).Backend;
    }

    [Fact]
    public async Task In_canary_the_service_gets_its_share_of_the_creations()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.MoveAsync("owners", CapabilityPhase.Canary, percent: 25);

        var sides = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            sides.Add((await clinic.Gateway.EchoAsync(HttpMethod.Post, $"{Api}/owners", new StringContent("{}"))).Backend);
        }

        Assert.Equal(5, sides.Count(static side => side == "owners"));
    }

    [Fact]
    public async Task A_nested_path_goes_by_the_id_of_its_own_entity()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.MoveAsync("pets", CapabilityPhase.Canary, percent: 50);
        var inShare = LiveMoves.IdIn("pet", 50, isInShare: true);
        var outside = LiveMoves.IdIn("pet", 50, isInShare: false);

        foreach (var owner in new[] { 1, 2, 3, 4 })
        {
            Assert.Equal("pets", (await clinic.Gateway.EchoAsync(HttpMethod.Get, $"{Api}/owners/{owner}/pets/{inShare}")).Backend);
            Assert.Equal("monolith", (await clinic.Gateway.EchoAsync(HttpMethod.Get, $"{Api}/owners/{owner}/pets/{outside}")).Backend);
        }
    }

    [Fact]
    public async Task An_older_epoch_is_never_gone_back_to()
    {
        await using var clinic = await Clinic.StartAsync();
        clinic.Services["vets"].MoveTo(CapabilityPhase.Monolith, epoch: 3);
        await clinic.MoveAsync("vets", CapabilityPhase.Canary, percent: 100);

        clinic.Services["vets"].MoveTo(CapabilityPhase.Shadow, epoch: 2);
        await clinic.MoveAsync("visits", CapabilityPhase.Shadow);
        var asked = 0;
        clinic.Services["vets"].BeforeStatus = _ => Task.FromResult(Interlocked.Increment(ref asked));
        await Eventually.Holds(() => Task.FromResult(Volatile.Read(ref asked) > 2), "the gateway has heard the older epoch");

        Assert.Equal((CapabilityPhase.Canary, 4L), (clinic.Gateway.Standing("vets").Phase, clinic.Gateway.Standing("vets").Epoch));
        Assert.Equal("vets", (await clinic.Gateway.EchoAsync(HttpMethod.Get, $"{Api}/vets/1")).Backend);
    }

    [Fact]
    public async Task Without_its_service_a_gateway_goes_on_with_what_it_knew_before_its_restart()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.MoveAsync("vets", CapabilityPhase.Canary, percent: 100);
        clinic.Services["vets"].BeforeStatus = static http =>
        {
            http.Abort();
            return Task.CompletedTask;
        };

        await clinic.RestartGatewayAsync();

        Assert.Equal((CapabilityPhase.Canary, 100), (clinic.Gateway.Standing("vets").Phase, clinic.Gateway.Standing("vets").Percent));
        Assert.Equal("vets", (await clinic.Gateway.EchoAsync(HttpMethod.Get, $"{Api}/vets/1")).Backend);
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(0, 5, true)]
    [InlineData(7, 6, false)]
    [InlineData(7, 7, false)]
    [InlineData(7, 8, true)]
    public void A_record_follows_newer_epochs(long epoch, long saidEpoch, bool follows)
    {
        var record = new PhaseRecord(CapabilityPhase.Canary, DateTimeOffset.UnixEpoch, Epoch: epoch);

        var next = record.Following(new CapabilityStatus("vets", CapabilityPhase.Grains, saidEpoch, ChangedAt: null, By: null, Lists: ListSide.Grains), DateTimeOffset.UnixEpoch);

        Assert.Equal(follows, !ReferenceEquals(next, record));
        Assert.Equal(follows ? (CapabilityPhase.Grains, ListSide.Grains, saidEpoch) : (CapabilityPhase.Canary, ListSide.Monolith, epoch), (next.Phase, next.Lists, next.Epoch));
    }
}
