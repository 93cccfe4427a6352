using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OrleansShop.Gateway.Tests.Fixtures;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;
using Xunit;

namespace OrleansShop.Gateway.Tests.Admin;

public sealed class OrdersApiTests
{
    [Fact]
    public async Task An_order_reaches_the_service_with_who_gave_it_and_from_where_and_is_followed_at_once()
    {
        await using var clinic = await Clinic.StartAsync(new() { ["Gateway:Following:Interval"] = "00:01:00" });
        clinic.Services["vets"].Order = order =>
        {
            clinic.Services["vets"].MoveTo(CapabilityPhase.Canary, order.Percent!.Value);
            return null;
        };

        using var response = await OrderAsync(clinic, "vets/canary", new { by = "me", percent = 100, expectedEpoch = 3, reason = "the first one" });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var status = await response.Content.ReadFromJsonAsync<CapabilityStatus>(TestGateway.Json, TestContext.Current.CancellationToken);
        Assert.Equal((CapabilityPhase.Canary, 100), (status!.Phase, status.Percent));
        var order = Assert.Single(clinic.Services["vets"].Orders);
        Assert.Equal(new CapabilityOrder(OrderKind.Canary, "me", "127.0.0.1", Percent: 100, ExpectedEpoch: 3, Reason: "the first one"), order);
        Assert.Equal("vets", (await clinic.Gateway.EchoAsync(HttpMethod.Get, "/petclinic/api/vets/1")).Backend);
    }

    [Theory]
    [InlineData("shadow", "{}", OrderKind.Shadow)]
    [InlineData("promote", "{}", OrderKind.Promote)]
    [InlineData("rollback", "{}", OrderKind.Rollback)]
    [InlineData("pause", "{}", OrderKind.Pause)]
    [InlineData("resume", "{}", OrderKind.Resume)]
    [InlineData("lists", """{"lists":"grains"}""", OrderKind.Lists)]
    [InlineData("retire", """{"confirmation":"vets"}""", OrderKind.Retire)]
    public async Task Each_order_has_its_path(string path, string body, OrderKind kind)
    {
        await using var clinic = await Clinic.StartAsync();

        using var response = await OrderAsync(clinic, $"vets/{path}", JsonSerializer.Deserialize<JsonElement>(body));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(kind, Assert.Single(clinic.Services["vets"].Orders).Kind);
    }

    [Theory]
    [InlineData("vets/canary", "{}", 400, "'percent' is missing")]
    [InlineData("vets/canary", """{"percent":101}""", 400, "'percent' is 101")]
    [InlineData("vets/shadow", """{"percent":1}""", 400, "'percent' belongs to canary alone")]
    [InlineData("vets/lists", "{}", 400, "'lists' is missing")]
    [InlineData("vets/lists", """{"lists":"elsewhere"}""", 400, "'lists' is 'elsewhere'")]
    [InlineData("vets/promote", """{"lists":"grains"}""", 400, "'lists' belongs to lists alone")]
    [InlineData("vets/promote", """{"confirmation":"vets"}""", 400, "'confirmation' belongs to retire alone")]
    [InlineData("vets/promote", """{"expectedEpoch":-1}""", 400, "'expectedEpoch' is -1")]
    [InlineData("vets/promote", """{"by":"\u0007"}""", 400, "'by' must be")]
    [InlineData("cats/promote", "{}", 404, "no capability 'cats'")]
    public async Task An_order_that_makes_no_sense_does_not_reach_the_service(string path, string body, int status, string detail)
    {
        await using var clinic = await Clinic.StartAsync();

        using var response = await OrderAsync(clinic, path, JsonSerializer.Deserialize<JsonElement>(body));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(detail, (await TestGateway.ProblemAsync(response)).Detail, StringComparison.Ordinal);
        Assert.Empty(clinic.Services["vets"].Orders);
    }

    [Theory]
    [InlineData(409)]
    [InlineData(503)]
    [InlineData(400)]
    public async Task A_refusal_of_the_service_is_passed_on_with_its_text(int status)
    {
        await using var clinic = await Clinic.StartAsync();
        clinic.Services["vets"].Order = _ => Results.Problem("order shadow first", statusCode: status);

        using var response = await OrderAsync(clinic, "vets/promote", new { });

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("order shadow first", (await TestGateway.ProblemAsync(response)).Detail);
    }

    [Fact]
    public async Task A_silent_service_is_named()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.Services["vets"].DisposeAsync();

        using var response = await OrderAsync(clinic, "vets/promote", new { });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("vets service", (await TestGateway.ProblemAsync(response)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_service_tells_is_passed_on_as_it_says_it()
    {
        await using var clinic = await Clinic.StartAsync();
        var client = clinic.Gateway.Client;

        Assert.Equal("vets", (await client.GetFromJsonAsync<JsonElement>("/admin/capabilities/vets", TestContext.Current.CancellationToken)).GetProperty("capability").GetString());
        Assert.Equal("someone", (await client.GetFromJsonAsync<JsonElement>("/admin/capabilities/vets/history", TestContext.Current.CancellationToken))[0].GetProperty("by").GetString());
        using var begun = await client.PostAsync("/admin/capabilities/vets/verify", content: null, TestContext.Current.CancellationToken);
        Assert.True((await begun.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("isRunning").GetBoolean());
        using var none = await client.GetAsync("/admin/capabilities/vets/verify", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Contains("not compared", (await TestGateway.ProblemAsync(none)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_stand_in_the_description_of_the_api()
    {
        await using var clinic = await Clinic.StartAsync();
        var document = await clinic.Gateway.Client.GetFromJsonAsync<JsonElement>("/admin/openapi.json", TestContext.Current.CancellationToken);

        var canary = document.GetProperty("paths").GetProperty("/admin/capabilities/{name}/canary").GetProperty("post");
        Assert.True(canary.GetProperty("responses").TryGetProperty("409", out _));
        Assert.True(canary.TryGetProperty("requestBody", out _));
    }

    [Fact]
    public async Task Orders_ask_for_the_key_of_the_admin_api()
    {
        await using var clinic = await Clinic.StartAsync(new() { ["Gateway:AdminKey"] = "secret" });

        using var response = await OrderAsync(clinic, "vets/promote", new { });

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty(clinic.Services["vets"].Orders);
    }

    private static Task<HttpResponseMessage> OrderAsync(Clinic clinic, string path, object body) =>
        clinic.Gateway.Client.PostAsJsonAsync($"/admin/capabilities/{path}", body, TestContext.Current.CancellationToken);
}
