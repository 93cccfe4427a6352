using System.Net;
using System.Text.Json;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Rows;
using OrleansShop.Strangler.Switching;
using Xunit;

namespace OrleansShop.Strangler.Tests.Switching;

public sealed class CapabilityEndpointsTests
{
    [Fact]
    public async Task A_gateway_switches_a_capability_over_http_and_back()
    {
        await using var service = await ServiceUnderTest.StartAsync();
        service.Monolith.Put(new EntityRows("book", "1", 0, Row.Of(("id", 1))));
        Assert.Equal(new CapabilityStatus("books", CapabilityPhase.Monolith, 0, null, null, null), await service.Client().GetStatusAsync(service.Manifest));

        var imported = await service.Client().ImportAsync(service.Manifest, "jo");
        var exported = await service.Client().ExportAsync(service.Manifest, "mo");
        await service.Client().ImportAsync(service.Manifest, "jo");
        var discarded = await service.Client().DiscardAsync(service.Manifest, "bo");

        Assert.Equal((CapabilityPhase.Grains, 1L, "jo"), (imported.Phase, imported.Epoch, imported.By));
        Assert.Equal((CapabilityPhase.Monolith, 2L, "mo"), (exported.Phase, exported.Epoch, exported.By));
        Assert.Equal((CapabilityPhase.Monolith, 4L, "bo"), (discarded.Phase, discarded.Epoch, discarded.By));
    }

    [Fact]
    public async Task The_history_tells_every_transition()
    {
        await using var service = await ServiceUnderTest.StartAsync();
        await service.Client().ImportAsync(service.Manifest, "jo");

        using var history = JsonDocument.Parse(await (await service.SendAsync(HttpMethod.Get, "/strangler/books/history")).Content.ReadAsStringAsync());

        var transition = Assert.Single(history.RootElement.EnumerateArray());
        Assert.Equal(("Monolith", "Grains", true), (transition.GetProperty("from").GetString(), transition.GetProperty("target").GetString(), transition.GetProperty("succeeded").GetBoolean()));
    }

    [Fact]
    public async Task A_bridge_that_is_down_makes_the_switch_503_and_the_phase_stays()
    {
        await using var service = await ServiceUnderTest.StartAsync();
        service.Monolith.FailWith(new BridgeUnavailableException("The bridge is down.", TimeSpan.FromSeconds(3)));

        var failure = await Assert.ThrowsAsync<CapabilityServiceException>(() => service.Client().ImportAsync(service.Manifest, "jo"));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(3)), (failure.Status, failure.RetryAfter));
        Assert.Contains("The bridge is down.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(CapabilityPhase.Monolith, (await service.Client().GetStatusAsync(service.Manifest)).Phase);
    }

    [Fact]
    public async Task A_second_switch_is_answered_409_with_the_time_to_wait()
    {
        await using var service = await ServiceUnderTest.StartAsync();
        await service.Grain.BeginAsync(CapabilityPhase.Grains, "somebody");

        var failure = await Assert.ThrowsAsync<CapabilityServiceException>(() => service.Client().ImportAsync(service.Manifest, "jo"));

        Assert.Equal((HttpStatusCode.Conflict, TimeSpan.FromSeconds(7)), (failure.Status, failure.RetryAfter));
    }

    [Fact]
    public async Task With_an_admin_key_nothing_is_told_or_done_without_it()
    {
        await using var service = await ServiceUnderTest.StartAsync(adminKey: "sesame");

        foreach (var key in new[] { null, "Sesame", "sesame2" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await Assert.ThrowsAsync<CapabilityServiceException>(() => service.Client(key).GetStatusAsync(service.Manifest))).Status);
            Assert.Equal(HttpStatusCode.Unauthorized, (await Assert.ThrowsAsync<CapabilityServiceException>(() => service.Client(key).ImportAsync(service.Manifest, "jo"))).Status);
        }

        Assert.Equal(CapabilityPhase.Grains, (await service.Client("sesame").ImportAsync(service.Manifest, "jo")).Phase);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"by":""}""")]
    [InlineData("""{"by":null}""")]
    [InlineData("{")]
    public async Task A_switch_that_nobody_asks_for_is_answered_400(string body)
    {
        await using var service = await ServiceUnderTest.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await service.PostAsync("/strangler/books/import", body)).StatusCode);
        Assert.Equal(CapabilityPhase.Monolith, service.Grain.Record.Phase);
    }

    [Fact]
    public async Task A_service_that_is_gone_has_no_status()
    {
        var service = await ServiceUnderTest.StartAsync();
        var manifest = service.Manifest;
        await service.DisposeAsync();
        using var http = new HttpClient();

        var failure = await Assert.ThrowsAsync<CapabilityServiceException>(() => new CapabilityServiceClient(http, adminKey: null).GetStatusAsync(manifest));

        Assert.Null(failure.Status);
    }
}
