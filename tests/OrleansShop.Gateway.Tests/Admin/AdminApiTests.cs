using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OrleansShop.Gateway.Tests.Fixtures;
using OrleansShop.Strangler.Phases;
using Xunit;

namespace OrleansShop.Gateway.Tests.Admin;

public sealed class AdminApiTests
{
    [Fact]
    public async Task Capabilities_are_listed_as_the_gateway_routes_them_with_what_their_services_say()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.MoveAsync("owners", CapabilityPhase.Canary, percent: 25);

        var owners = await clinic.Gateway.CapabilityAsync("owners");
        Assert.Equal(("Canary", 25, "Monolith", 1), (owners.GetProperty("phase").GetString(), owners.GetProperty("percent").GetInt32(), owners.GetProperty("lists").GetString(), owners.GetProperty("epoch").GetInt32()));
        Assert.Equal("Canary", owners.GetProperty("service").GetProperty("phase").GetString());
        Assert.True(owners.GetProperty("service").GetProperty("processes")[0].GetProperty("ready").GetBoolean());
    }

    [Theory]
    [InlineData("GET", "/admin/nothing", 404)]
    [InlineData("GET", "/admin/capabilities/dragons", 404)]
    [InlineData("DELETE", "/admin/capabilities", 405)]
    [InlineData("POST", "/admin/capabilities/owners/shadow", 415)]
    public async Task A_wrong_question_is_refused_with_a_problem(string method, string path, int status)
    {
        await using var clinic = await Clinic.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = method == "POST" ? new StringContent("by=test", Encoding.UTF8, "application/x-www-form-urlencoded") : null;
        using var response = await clinic.Gateway.Client.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        await TestGateway.ProblemAsync(response);
    }

    [Fact]
    public async Task With_a_key_only_who_has_it_is_let_in()
    {
        await using var clinic = await Clinic.StartAsync(new() { ["Gateway:AdminKey"] = "open sesame" });
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(clinic, static _ => { }));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(clinic, static request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "open")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(clinic, static request => request.Headers.Add("X-Admin-Key", "")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(clinic, static request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "open sesame")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(clinic, static request => request.Headers.Add("X-Admin-Key", "open sesame")));
    }

    [Fact]
    public async Task Without_a_key_a_name_that_only_resolves_to_this_machine_is_refused()
    {
        await using var clinic = await Clinic.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(clinic, static request => request.Headers.Host = "localhost"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(clinic, static request => request.Headers.Host = "rebound.example"));
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        await using var clinic = await Clinic.StartAsync();
        var document = await clinic.Gateway.Client.GetFromJsonAsync<JsonElement>("/admin/openapi.json");
        var paths = document.GetProperty("paths").EnumerateObject().Select(static path => path.Name).ToList();
        Assert.Equal(
            [
                "/admin/capabilities", "/admin/capabilities/{name}", "/admin/capabilities/{name}/canary", "/admin/capabilities/{name}/diffs", "/admin/capabilities/{name}/history",
                "/admin/capabilities/{name}/lists", "/admin/capabilities/{name}/pause", "/admin/capabilities/{name}/promote", "/admin/capabilities/{name}/resume",
                "/admin/capabilities/{name}/retire", "/admin/capabilities/{name}/rollback", "/admin/capabilities/{name}/rollout", "/admin/capabilities/{name}/rollout/stop", "/admin/capabilities/{name}/shadow",
                "/admin/capabilities/{name}/verify", "/admin/dead-letter", "/admin/dead-letters", "/admin/dead-letters/purge", "/admin/dead-letters/redrive",
                "/admin/queues",
            ],
            paths.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Health_is_ready_whatever_the_backends_are()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.Services["owners"].DisposeAsync();
        await Eventually.Holds(
            async () => (await clinic.Gateway.Client.GetStringAsync("/health/ready")).Contains("owners: 0 of 1 ready", StringComparison.Ordinal),
            "the health answer tells that owners is down");
        using var live = await clinic.Gateway.Client.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    private static async Task<HttpStatusCode> StatusAsync(Clinic clinic, Action<HttpRequestMessage> change)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/capabilities");
        change(request);
        using var response = await clinic.Gateway.Client.SendAsync(request);
        return response.StatusCode;
    }
}
