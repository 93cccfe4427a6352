using System.Net;
using OrleansShop.Strangler.Rollout;
using OrleansShop.Strangler.Tests.Serving;
using Xunit;

namespace OrleansShop.Strangler.Tests.Rollout;

public sealed class RolloutEndpointsTests
{
    private const string Side = """{"requests":3,"errors":1,"latencies":[1,2]}""";

    [Fact]
    public async Task Figures_reach_the_capabilitys_grain()
    {
        await using var service = await ServiceUnderTest.StartAsync();

        var answer = await service.PostAsync("/strangler/books/figures", $$"""{"gateway":"a","epoch":3,"monolith":{{Side}},"grains":{{Side}},"compared":2,"different":1}""");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var figures = Assert.Single(service.Grain.Figures);
        Assert.Equal(("a", 3L, 3L, 1L, 2L, 1L), (figures.Gateway, figures.Epoch, figures.Grains.Requests, figures.Grains.Errors, figures.Compared, figures.Different));
        Assert.Equal([1, 2], figures.Grains.Latencies);
    }

    [Theory]
    [InlineData("""{"gateway":"","epoch":3,"monolith":SIDE,"grains":SIDE,"compared":0,"different":0}""")]
    [InlineData("""{"gateway":"a","epoch":-1,"monolith":SIDE,"grains":SIDE,"compared":0,"different":0}""")]
    [InlineData("""{"gateway":"a","epoch":3,"monolith":SIDE,"grains":SIDE,"compared":1,"different":2}""")]
    [InlineData("""{"gateway":"a","epoch":3,"monolith":SIDE,"grains":{"requests":1,"errors":2,"latencies":[]},"compared":0,"different":0}""")]
    [InlineData("""{"gateway":"a","epoch":3,"monolith":SIDE,"grains":{"requests":1,"errors":0,"latencies":[-1]},"compared":0,"different":0}""")]
    [InlineData("{")]
    public async Task Figures_that_cannot_be_are_answered_400(string body)
    {
        await using var service = await ServiceUnderTest.StartAsync();

        var answer = await service.PostAsync("/strangler/books/figures", body.Replace("SIDE", Side, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(service.Grain.Figures);
    }

    [Fact]
    public async Task A_rollout_is_ordered_with_who_asks_and_a_refusal_is_told()
    {
        await using var service = await ServiceUnderTest.StartAsync();
        service.Grain.RolloutAnswer = new RolloutAnswer(Status: null, "Not now.");

        Assert.Equal(HttpStatusCode.Conflict, (await service.PostAsync("/strangler/books/rollout", """{"by":"ada","origin":"ops","expectedEpoch":4,"reason":"It is time."}""")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await service.PostAsync("/strangler/books/rollout", "{}")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await service.PostAsync("/strangler/books/rollout/stop", """{"by":"ada"}""")).StatusCode);

        Assert.Equal([new RolloutOrder("ada", "ops", 4, "It is time."), new RolloutOrder("ada", "127.0.0.1")], service.Grain.RolloutOrders);
    }
}
