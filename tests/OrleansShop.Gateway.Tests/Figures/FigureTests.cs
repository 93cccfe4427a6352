using System.Net;
using Microsoft.AspNetCore.Http;
using OrleansShop.Gateway.Tests.Fixtures;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Rollout;
using Xunit;

namespace OrleansShop.Gateway.Tests.Figures;

public sealed class FigureTests
{
    private static readonly Dictionary<string, string?> Quickly = new() { ["Gateway:Following:Interval"] = "00:00:00.05" };

    [Fact]
    public async Task While_a_rollout_runs_the_service_is_told_what_each_side_has_answered()
    {
        await using var clinic = await Clinic.StartAsync(Quickly);
        var owners = clinic.Services["owners"];
        await clinic.MoveAsync("owners", CapabilityPhase.Canary, percent: 50);
        var (mine, theirs) = (LiveMoves.IdIn("owner", 50, isInShare: true), LiveMoves.IdIn("owner", 50, isInShare: false));
        await clinic.Gateway.EchoAsync(HttpMethod.Get, $"/petclinic/api/owners/{mine}");
        await clinic.Gateway.EchoAsync(HttpMethod.Put, $"/petclinic/api/owners/{mine}");
        await clinic.Gateway.EchoAsync(HttpMethod.Get, $"/petclinic/api/owners/{theirs}");
        await clinic.Gateway.EchoAsync(HttpMethod.Get, "/petclinic/api/owners");
        owners.Backend.Answer = static http =>
        {
            http.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        Assert.Equal(HttpStatusCode.InternalServerError, (await clinic.Gateway.Client.GetAsync($"/petclinic/api/owners/{mine}")).StatusCode);
        Assert.Empty(owners.Figures);

        owners.Rollout = RolloutOutcome.Running;
        await Eventually.Holds(() => owners.Figures.Any(static figures => figures.Grains.Requests == 3), "the service was told");
        var told = owners.Figures.Last();

        // The list does not count: lists all go to one side.
        Assert.Equal((3L, 1L, 1L, 0L), (told.Grains.Requests, told.Grains.Errors, told.Monolith.Requests, told.Monolith.Errors));
        Assert.Equal((3L, 1L), (told.Grains.Latencies.Sum(), told.Monolith.Latencies.Sum()));
        Assert.Equal(clinic.Gateway.Standing("owners").Epoch, told.Epoch);
        Assert.Single(owners.Figures.Select(static figures => figures.Gateway).Distinct());
        Assert.Empty(clinic.Services["pets"].Figures);
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_is_an_error_of_the_grains_and_a_malformed_body_is_nobodys()
    {
        await using var clinic = await Clinic.StartAsync(Quickly);
        var owners = clinic.Services["owners"];
        await clinic.MoveAsync("owners", CapabilityPhase.Grains);
        owners.Backend.Answer = static http =>
        {
            http.Abort();
            return Task.CompletedTask;
        };
        Assert.Equal(HttpStatusCode.BadGateway, (await clinic.Gateway.Client.GetAsync("/petclinic/api/owners/1")).StatusCode);
        Assert.Contains("HTTP/1.1 400", await RawConnection.SayAsync(clinic.Gateway.Client.BaseAddress!, "PUT /petclinic/api/owners/1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n"), StringComparison.Ordinal);
        owners.Rollout = RolloutOutcome.Running;

        await Eventually.Holds(() => !owners.Figures.IsEmpty, "the service was told");

        Assert.Equal((1L, 1L), (owners.Figures.Last().Grains.Requests, owners.Figures.Last().Grains.Errors));
    }

    [Fact]
    public async Task What_the_comparison_in_shadow_finds_is_told()
    {
        await using var clinic = await Clinic.StartAsync(new(Quickly) { ["Gateway:Mirroring:Percent"] = "100" });
        var owners = clinic.Services["owners"];
        await clinic.MoveAsync("owners", CapabilityPhase.Shadow);
        owners.Rollout = RolloutOutcome.Running;
        clinic.Monolith.Answer = owners.Backend.Answer = static http => http.Response.WriteAsJsonAsync(new { id = 1, name = "Ada" });
        await clinic.Gateway.Client.GetAsync("/petclinic/api/owners/1");
        await Eventually.Holds(() => owners.Figures.LastOrDefault() is { Compared: 1, Different: 0 }, "one was compared");

        owners.Backend.Answer = static http => http.Response.WriteAsJsonAsync(new { id = 1, name = "Eve" });
        await clinic.Gateway.Client.GetAsync("/petclinic/api/owners/1");

        await Eventually.Holds(() => owners.Figures.LastOrDefault() is { Compared: 2, Different: 1, Monolith.Requests: 2 }, "one differs");
    }
}
