using System.Net;
using OrleansShop.Clinic.Monolith.Tests.Hosting;
using Xunit;

namespace OrleansShop.Clinic.Monolith.Tests.Api;

public sealed class CrossOriginRequests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private const string Angular = "http://localhost:4200";

    private readonly ClinicClient _http = clinic.Http;

    [Theory]
    [InlineData("owners", "POST")]
    [InlineData("owners/1", "PUT")]
    [InlineData("pets/1", "DELETE")]
    [InlineData("vets", "GET")]
    public async Task A_browser_may_ask_beforehand(string path, string method)
    {
        var answer = await Preflight(_http, path, method, Angular);

        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        Assert.Equal(Angular, answer.Header("Access-Control-Allow-Origin"));
        Assert.Contains(method, answer.Header("Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.Contains("content-type", answer.Header("Access-Control-Allow-Headers"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Answers_and_problems_may_be_read_by_the_configured_origin()
    {
        foreach (var path in new[] { "owners/1", "owners/999999", "owners/x", "nothing" })
        {
            var answer = await _http.GetAsync(path, ("Origin", Angular));
            Assert.Equal(Angular, answer.Header("Access-Control-Allow-Origin"));
            Assert.Contains("ETag", answer.Header("Access-Control-Expose-Headers"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Another_origin_is_not_let_in()
    {
        Assert.Null((await Preflight(_http, "owners", "POST", "http://evil.example")).Header("Access-Control-Allow-Origin"));
        Assert.Null((await _http.GetAsync("owners/1", ("Origin", "http://evil.example"))).Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Origins_are_configured()
    {
        await using var monolith = await clinic.StartAnotherAsync(settings: [("Cors:Origins", "https://a.example, https://b.example")]);

        Assert.Equal("https://b.example", (await monolith.Http.GetAsync("owners/1", ("Origin", "https://b.example"))).Header("Access-Control-Allow-Origin"));
        Assert.Null((await monolith.Http.GetAsync("owners/1", ("Origin", Angular))).Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_browser_may_ask_beforehand_without_signing_in()
    {
        await using var monolith = await clinic.StartAnotherAsync(settings: [("Security:Enabled", "true")]);

        Assert.Equal(HttpStatusCode.NoContent, (await Preflight(monolith.Http, "owners", "POST", Angular)).Status);
        var refused = await monolith.Http.GetAsync("owners", ("Origin", Angular));
        Assert.Equal((HttpStatusCode.Unauthorized, Angular), (refused.Status, refused.Header("Access-Control-Allow-Origin")));
    }

    private static Task<Answer> Preflight(ClinicClient http, string path, string method, string origin) => http.SendAsync(
        HttpMethod.Options, path, content: null, ("Origin", origin), ("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", "content-type,authorization"));
}
