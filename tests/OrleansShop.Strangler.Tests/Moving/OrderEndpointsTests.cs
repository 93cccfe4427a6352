using System.Net;
using OrleansShop.Strangler.Moving;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;
using OrleansShop.Strangler.Serving;
using OrleansShop.Strangler.Tests.Serving;
using Xunit;

namespace OrleansShop.Strangler.Tests.Moving;

public sealed class OrderEndpointsTests
{
    [Fact]
    public async Task Orders_are_given_over_http_and_stand_in_the_history()
    {
        await using var service = await ServiceUnderTest.StartAsync();

        await service.Client().OrderAsync(service.Manifest, new OrderRequest(OrderKind.Shadow, "jo", ExpectedEpoch: 0));
        var status = await service.Client().OrderAsync(service.Manifest, new OrderRequest(OrderKind.Canary, "jo", "ops", Percent: 5, Reason: "First step."));

        Assert.Equal((CapabilityPhase.Canary, 2L, 5), (status.Phase, status.Epoch, status.Percent));
        Assert.Equal("127.0.0.1", service.Grain.Orders[0].Origin);
        var history = await service.Client().GetHistoryAsync(service.Manifest);
        Assert.Equal((OrderKind.Canary, "ops", "First step.", 2L), (history[^1].Order.Order.Kind, history[^1].Order.Order.Origin, history[^1].Order.Order.Reason, history[^1].Order.Standing.Epoch));
    }

    [Theory]
    [InlineData(OrderResult.Refused, HttpStatusCode.Conflict)]
    [InlineData(OrderResult.Unavailable, HttpStatusCode.ServiceUnavailable)]
    public async Task What_stands_against_an_order_is_told(OrderResult result, HttpStatusCode code)
    {
        await using var service = await ServiceUnderTest.StartAsync();
        service.Grain.Answer = new OrderAnswer(result, await service.Grain.GetAsync(), "Because.", TimeSpan.FromSeconds(2));

        var failure = await Assert.ThrowsAsync<CapabilityServiceException>(() => service.Client().OrderAsync(service.Manifest, new OrderRequest(OrderKind.Promote, "jo")));

        Assert.Equal((code, TimeSpan.FromSeconds(2)), (failure.Status, failure.RetryAfter));
        Assert.Contains("Because.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orders", "{}")]
    [InlineData("orders", "{")]
    [InlineData("orders", """{"kind":"Shadow"}""")]
    [InlineData("orders", """{"kind":"Sideways","by":"jo"}""")]
    [InlineData("orders", """{"kind":77,"by":"jo"}""")]
    [InlineData("orders", """{"kind":"Canary","by":"jo","percent":"many"}""")]
    [InlineData("orders", """{"kind":"Shadow","by":"jo","expectedEpoch":-1}""")]
    [InlineData("place", "{}")]
    [InlineData("place", """{"kind":"loan","id":"1"}""")]
    [InlineData("place", """{"kind":"book","id":""}""")]
    public async Task What_has_the_wrong_form_is_answered_400(string endpoint, string body)
    {
        await using var service = await ServiceUnderTest.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await service.PostAsync($"/strangler/books/{endpoint}", body)).StatusCode);
        Assert.Empty(service.Grain.Orders);
    }

    [Fact]
    public async Task Without_a_ledger_nothing_is_compared()
    {
        await using var service = await ServiceUnderTest.StartAsync();

        Assert.Equal(HttpStatusCode.Conflict, (await Assert.ThrowsAsync<CapabilityServiceException>(() => service.Client().StartVerifyAsync(service.Manifest))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<CapabilityServiceException>(() => service.Client().GetVerifyAsync(service.Manifest))).Status);
    }
}
