using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansShop.Gateway.Tests.Fixtures;
using Xunit;

namespace OrleansShop.Gateway.Tests.Admin;

public sealed class RolloutApiTests
{
    private const string Rollout = "/admin/capabilities/owners/rollout";

    [Fact]
    public async Task A_rollout_is_started_with_who_asks_and_where_from()
    {
        await using var clinic = await Clinic.StartAsync();

        var answer = await clinic.Gateway.Client.PostAsJsonAsync(Rollout, new { by = "ada", expectedEpoch = 3, reason = "It is time." });

        Assert.Equal("Running", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("outcome").GetString());
        var (path, order) = Assert.Single(clinic.Services["owners"].RolloutOrders);
        Assert.Equal(("/rollout", "ada", 3L, "It is time.", "127.0.0.1"), (path, order.By, order.ExpectedEpoch, order.Reason, order.Origin));
        Assert.Equal("Running", (await clinic.Gateway.Client.GetFromJsonAsync<JsonElement>(Rollout)).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task What_stands_against_it_is_passed_on()
    {
        await using var clinic = await Clinic.StartAsync();

        using var answer = await clinic.Gateway.Client.PostAsJsonAsync($"{Rollout}/stop", new { by = "ada" });

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("No rollout runs.", (await TestGateway.ProblemAsync(answer)).Detail);
    }

    [Theory]
    [InlineData("""{"expectedEpoch":-1}""")]
    [InlineData("""{"by":"a\u0007"}""")]
    [InlineData("[]")]
    public async Task What_has_the_wrong_form_is_answered_400(string body)
    {
        await using var clinic = await Clinic.StartAsync();

        using var answer = await clinic.Gateway.Client.PostAsync(Rollout, new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(clinic.Services["owners"].RolloutOrders);
    }

    [Fact]
    public async Task It_stands_in_the_description_of_the_api()
    {
        await using var clinic = await Clinic.StartAsync();

        var paths = (await clinic.Gateway.Client.GetFromJsonAsync<JsonElement>("/admin/openapi.json")).GetProperty("paths");

        Assert.True(paths.GetProperty("/admin/capabilities/{name}/rollout").TryGetProperty("post", out _));
        Assert.True(paths.GetProperty("/admin/capabilities/{name}/rollout/stop").TryGetProperty("post", out _));
    }
}
