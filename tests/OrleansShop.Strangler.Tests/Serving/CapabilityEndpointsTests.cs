using System.Net;
using OrleansShop.Strangler.Moving;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;
using OrleansShop.Strangler.Serving;
using Xunit;

namespace OrleansShop.Strangler.Tests.Serving;

public sealed class CapabilityEndpointsTests
{
    [Fact]
    public async Task A_service_says_how_its_capability_stands()
    {
        await using var service = await ServiceUnderTest.StartAsync();
        Assert.Equal(new CapabilityStatus("books", CapabilityPhase.Monolith, 0, null, null), await service.Client().GetStatusAsync(service.Manifest));

        service.Grain.EnterGrains();

        var status = await service.Client().GetStatusAsync(service.Manifest);
        Assert.Equal((CapabilityPhase.Grains, ListSide.Grains, 1L, "test"), (status.Phase, status.Lists, status.Epoch, status.By));
    }

    [Fact]
    public async Task With_an_admin_key_nothing_is_told_or_done_without_it()
    {
        await using var service = await ServiceUnderTest.StartAsync(adminKey: "sesame");
        var order = new OrderRequest(OrderKind.Shadow, "jo");

        foreach (var key in new[] { null, "Sesame", "sesame2" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await Assert.ThrowsAsync<CapabilityServiceException>(() => service.Client(key).GetStatusAsync(service.Manifest))).Status);
            Assert.Equal(HttpStatusCode.Unauthorized, (await Assert.ThrowsAsync<CapabilityServiceException>(() => service.Client(key).OrderAsync(service.Manifest, order))).Status);
        }

        Assert.Equal(CapabilityPhase.Shadow, (await service.Client("sesame").OrderAsync(service.Manifest, order)).Phase);
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
