using System.Net;
using Microsoft.AspNetCore.Http;
using OrleansShop.Gateway.Tests.Fixtures;
using Xunit;

namespace OrleansShop.Gateway.Tests.Routing;

public sealed class RoutingTests
{
    private const string Api = "/petclinic/api";

    [Fact]
    public async Task Every_capability_is_served_by_the_monolith_at_first()
    {
        await using var clinic = await Clinic.StartAsync();
        foreach (var path in new[] { "/owners", "/owners/1", "/pets/3", "/pettypes", "/vets", "/specialties/2", "/visits/9", "/owners/1/pets/2", "/v2/owners?page=1" })
        {
            var echo = await clinic.Gateway.EchoAsync(HttpMethod.Get, Api + path);
            Assert.Equal("monolith", echo.Backend);
            Assert.Equal(Api + path, echo.Target);
        }
    }

    [Fact]
    public async Task A_capability_in_the_grains_is_served_by_its_service_and_the_others_are_not()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.ToGrainsAsync("vets");

        Assert.Equal("vets", (await clinic.Gateway.EchoAsync(HttpMethod.Get, $"{Api}/vets/1")).Backend);
        Assert.Equal("vets", (await clinic.Gateway.EchoAsync(HttpMethod.Post, $"{Api}/specialties", new StringContent("{}"))).Backend);
        Assert.Equal("monolith", (await clinic.Gateway.EchoAsync(HttpMethod.Get, $"{Api}/owners/1")).Backend);

        await clinic.ToMonolithAsync("vets");
        Assert.Equal("monolith", (await clinic.Gateway.EchoAsync(HttpMethod.Get, $"{Api}/vets/1")).Backend);
    }

    [Fact]
    public async Task A_delete_goes_to_the_service_as_soon_as_something_it_cascades_into_is_in_grains()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.ToGrainsAsync("visits");

        Assert.Equal("owners", (await clinic.Gateway.EchoAsync(HttpMethod.Delete, $"{Api}/owners/1")).Backend);
        Assert.Equal("pets", (await clinic.Gateway.EchoAsync(HttpMethod.Delete, $"{Api}/pets/1")).Backend);
        Assert.Equal("monolith", (await clinic.Gateway.EchoAsync(HttpMethod.Delete, $"{Api}/pettypes/1")).Backend);
        Assert.Equal("monolith", (await clinic.Gateway.EchoAsync(HttpMethod.Delete, $"{Api}/vets/1")).Backend);
        Assert.Equal("monolith", (await clinic.Gateway.EchoAsync(HttpMethod.Get, $"{Api}/owners/1")).Backend);
    }

    [Theory]
    [InlineData("/petclinic/api/users")]
    [InlineData("/petclinic/api/oops")]
    [InlineData("/petclinic/api/openapi.json")]
    [InlineData("/petclinic/api")]
    public async Task What_belongs_to_no_capability_stays_with_the_monolith(string path)
    {
        await using var clinic = await Clinic.StartAsync();
        foreach (var capability in Clinic.Capabilities)
        {
            await clinic.ToGrainsAsync(capability);
        }

        Assert.Equal("monolith", (await clinic.Gateway.EchoAsync(HttpMethod.Get, path)).Backend);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/petclinic")]
    [InlineData("/elsewhere")]
    [InlineData("/owner/1/pets")]
    [InlineData("/admin/nothing")]
    public async Task Unknown_paths_are_answered_404_by_the_gateway(string path)
    {
        await using var clinic = await Clinic.StartAsync();
        using var response = await clinic.Gateway.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("https://orleansshop.example/problems/not-found", (await TestGateway.ProblemAsync(response)).Type);
        Assert.Empty(clinic.Monolith.Requests);
    }

    [Theory]
    [InlineData("PATCH", "/petclinic/api/owners/1", "DELETE, GET, HEAD, OPTIONS, PUT")]
    [InlineData("DELETE", "/petclinic/api/owners", "GET, HEAD, OPTIONS, POST")]
    [InlineData("TRACE", "/petclinic/api/vets", "GET, HEAD, OPTIONS, POST")]
    [InlineData("GET", "/petclinic/api/owners/1/pets", "OPTIONS, POST")]
    [InlineData("BREW", "/petclinic/api/owners/1", "DELETE, GET, HEAD, OPTIONS, PUT")]
    [InlineData("TRACE", "/petclinic/api/users", "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT")]
    [InlineData("POST", "/owner", "GET, HEAD, OPTIONS")]
    public async Task A_method_that_a_known_path_does_not_take_is_answered_405(string method, string path, string allow)
    {
        await using var clinic = await Clinic.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await clinic.Gateway.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allow, string.Join(", ", response.Content.Headers.Allow.Concat(response.Headers.TryGetValues("Allow", out var more) ? more : [])));
        Assert.Contains(method, (await TestGateway.ProblemAsync(response)).Detail, StringComparison.Ordinal);
        Assert.Empty(clinic.Monolith.Requests);
    }

    [Fact]
    public async Task Head_is_answered_with_the_headers_of_get_and_no_body()
    {
        await using var clinic = await Clinic.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, $"{Api}/owners/1");
        using var response = await clinic.Gateway.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal($"GET {Api}/owners/1", Assert.Single(clinic.Monolith.Requests));
    }

    [Fact]
    public async Task Preflight_requests_reach_the_side_that_serves_the_path()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.ToGrainsAsync("owners");
        var echo = await clinic.Gateway.EchoAsync(HttpMethod.Options, $"{Api}/owners/1");
        Assert.Equal(("owners", "OPTIONS"), (echo.Backend, echo.Method));
        Assert.Equal("monolith", (await clinic.Gateway.EchoAsync(HttpMethod.Options, $"{Api}/users")).Backend);
    }

    [Theory]
    [InlineData("/owner", "/petclinic/api/owners", "owners")]
    [InlineData("/owner/7", "/petclinic/api/owners/7", "owners")]
    [InlineData("/pet?x=1", "/petclinic/api/pets?x=1", "pets")]
    [InlineData("/pet/3", "/petclinic/api/pets/3", "pets")]
    [InlineData("/vet", "/petclinic/api/vets", "vets")]
    [InlineData("/visit", "/petclinic/api/visits", "visits")]
    public async Task Older_paths_are_mapped_on_the_same_capabilities(string path, string target, string capability)
    {
        await using var clinic = await Clinic.StartAsync();
        var before = await clinic.Gateway.EchoAsync(HttpMethod.Get, path);
        Assert.Equal(("monolith", target), (before.Backend, before.Target));

        await clinic.ToGrainsAsync(capability);
        var after = await clinic.Gateway.EchoAsync(HttpMethod.Get, path);
        Assert.Equal((capability, target), (after.Backend, after.Target));
    }

    [Fact]
    public async Task The_older_list_of_an_owners_visits_is_collected_from_the_owner()
    {
        await using var clinic = await Clinic.StartAsync();
        clinic.Monolith.Answer = static http =>
        {
            http.Response.ContentType = "application/json; charset=utf-8";
            return http.Response.Body.WriteAsync(
                """{"id":6,"pets":[{"id":7,"visits":[{"id":1,"description":"für Müller"},{"id":4}]},{"id":8,"visits":[{"id":2}]},{"id":9,"visits":[]}]}"""u8.ToArray()).AsTask();
        };

        using var response = await clinic.Gateway.Client.GetAsync("/owner/6/getVisits");
        Assert.Equal("""[{"id":1,"description":"für Müller"},{"id":4},{"id":2}]""", await response.Content.ReadAsStringAsync());
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("GET /petclinic/api/owners/6", Assert.Single(clinic.Monolith.Requests));

        using var head = new HttpRequestMessage(HttpMethod.Head, "/owner/6/getVisits");
        using var headResponse = await clinic.Gateway.Client.SendAsync(head);
        Assert.Equal(HttpStatusCode.OK, headResponse.StatusCode);
    }

    [Fact]
    public async Task An_error_behind_an_older_path_is_relayed_as_it_is()
    {
        await using var clinic = await Clinic.StartAsync();
        clinic.Monolith.Answer = static http =>
        {
            http.Response.StatusCode = 404;
            return http.Response.WriteAsJsonAsync(new { detail = "no such owner" }, options: null, contentType: "application/problem+json");
        };
        using var response = await clinic.Gateway.Client.GetAsync("/owner/6/getVisits");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("""{"detail":"no such owner"}""", await response.Content.ReadAsStringAsync());
    }
}
