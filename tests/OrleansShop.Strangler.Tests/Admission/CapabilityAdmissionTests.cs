using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Phases.Orders;
using OrleansShop.Strangler.Tests.Serving;
using Xunit;

namespace OrleansShop.Strangler.Tests.Admission;

public sealed class CapabilityAdmissionTests
{
    [Theory]
    [InlineData("GET", "/api/books")]
    [InlineData("GET", "/api/books/1")]
    [InlineData("PUT", "/api/books/1")]
    public async Task While_the_monolith_owns_the_capability_its_requests_are_misdirected(string method, string path)
    {
        await using var service = await ServiceUnderTest.StartAsync();

        var response = await service.SendAsync(new HttpMethod(method), path);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(
            ["detail", "schemaValidationErrors", "status", "timestamp", "title", "type"],
            problem.RootElement.EnumerateObject().Select(property => property.Name).Order());
        Assert.Contains("the monolith answers " + method, problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_request_has_the_side_of_what_it_is_about()
    {
        await using var service = await ServiceUnderTest.StartAsync();
        var taken = Enumerable.Range(1, 100).First(id => EntityShare.Contains("book", $"{id}", 50));
        var left = Enumerable.Range(1, 100).First(id => !EntityShare.Contains("book", $"{id}", 50));
        await service.Grain.OrderAsync(new CapabilityOrder(OrderKind.Shadow, "jo", "here"));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await AnswerAsync($"/api/books/{taken}"));

        await service.Grain.OrderAsync(new CapabilityOrder(OrderKind.Canary, "jo", "here", Percent: 50));
        Assert.Equal(HttpStatusCode.OK, await AnswerAsync($"/api/books/{taken}"));
        Assert.Equal(HttpStatusCode.OK, await AnswerAsync($"/api/books/00{taken}"));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await AnswerAsync($"/api/books/{left}"));

        await service.Grain.OrderAsync(new CapabilityOrder(OrderKind.Promote, "jo", "here"));
        Assert.Equal(HttpStatusCode.OK, await AnswerAsync($"/api/books/{left}"));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await AnswerAsync("/api/books"));

        async Task<HttpStatusCode> AnswerAsync(string path) => (await service.SendAsync(HttpMethod.Get, path)).StatusCode;
    }

    [Fact]
    public async Task In_shadow_reads_of_entities_that_are_marked_for_comparison_are_answered_from_the_copies()
    {
        await using var service = await ServiceUnderTest.StartAsync();
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await AnswerAsync(HttpMethod.Get, "/api/books/1"));

        await service.Grain.OrderAsync(new CapabilityOrder(OrderKind.Shadow, "jo", "here"));

        Assert.Equal(HttpStatusCode.OK, await AnswerAsync(HttpMethod.Get, "/api/books/1"));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await AnswerAsync(HttpMethod.Get, "/api/books"));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await AnswerAsync(HttpMethod.Put, "/api/books/1"));

        async Task<HttpStatusCode> AnswerAsync(HttpMethod method, string path) =>
            (await service.SendAsync(method, path, request => request.Headers.Add(ShadowReads.Header, "1"))).StatusCode;
    }

    [Fact]
    public async Task A_cascading_delete_is_served_in_every_phase()
    {
        await using var service = await ServiceUnderTest.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync(HttpMethod.Delete, "/api/books/1")).StatusCode);

        service.Grain.EnterGrains();
        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync(HttpMethod.Delete, "/api/books/1")).StatusCode);
    }

    [Fact]
    public async Task In_the_grains_everything_is_served()
    {
        await using var service = await ServiceUnderTest.StartAsync();
        service.Grain.EnterGrains();
        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync(HttpMethod.Put, "/api/books/1")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync(HttpMethod.Get, "/api/books/1")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync(HttpMethod.Get, "/api/books")).StatusCode);
    }

    [Fact]
    public async Task What_the_bridge_throws_becomes_503_and_409()
    {
        Exception failure = new BridgeUnavailableException("The bridge is down.", TimeSpan.FromSeconds(3));
        await using var service = await ServiceUnderTest.StartAsync(_ => Task.FromException<IResult>(failure));
        service.Grain.EnterGrains();

        var unavailable = await service.SendAsync(HttpMethod.Put, "/api/books/1");
        failure = new BridgeRefusedException(BridgeRefusal.ForeignKey, "Still on loan.");
        var refused = await service.SendAsync(HttpMethod.Delete, "/api/books/1");
        failure = new BridgeRefusedException(BridgeRefusal.Invalid, "A fault of the service itself.");
        var broken = await service.SendAsync(HttpMethod.Put, "/api/books/1");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(3)), (unavailable.StatusCode, unavailable.Headers.RetryAfter?.Delta));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("Still on loan.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.InternalServerError, broken.StatusCode);
    }
}
