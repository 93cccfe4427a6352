using System.Net;
using OrleansShop.Gateway.Tests.Fixtures;
using Xunit;

namespace OrleansShop.Gateway.Tests.Forwarding;

public sealed class HeaderTests
{
    private const string Path = "/petclinic/api/owners";

    [Fact]
    public async Task What_a_client_says_about_itself_is_replaced()
    {
        await using var clinic = await Clinic.StartAsync();
        var headers = await HeadersAsync(clinic);
        Assert.Equal("127.0.0.1", headers["X-Forwarded-For"]);
        Assert.Equal(clinic.Gateway.Address.Authority, headers["X-Forwarded-Host"]);
        Assert.Equal("http", headers["X-Forwarded-Proto"]);
        Assert.DoesNotContain("X-Forwarded-Prefix", headers.Keys);
        Assert.DoesNotContain("Forwarded", headers.Keys);
        Assert.Equal(clinic.Gateway.Address.Authority, headers["Host"]);
    }

    [Fact]
    public async Task What_a_trusted_proxy_says_is_continued()
    {
        await using var clinic = await Clinic.StartAsync(new() { ["Gateway:Forwarding:TrustedProxies"] = "10.0.0.0/8; 127.0.0.0/8" });
        var headers = await HeadersAsync(clinic);
        Assert.Equal("6.6.6.6, 127.0.0.1", headers["X-Forwarded-For"]);
        Assert.Equal("evil.example", headers["X-Forwarded-Host"]);
        Assert.Equal("https", headers["X-Forwarded-Proto"]);
        Assert.Equal("/x", headers["X-Forwarded-Prefix"]);
    }

    [Fact]
    public async Task Hop_by_hop_headers_stay_behind()
    {
        await using var clinic = await Clinic.StartAsync();
        var headers = await HeadersAsync(clinic, ("Keep-Alive", "timeout=9"), ("Proxy-Authorization", "Basic x"), ("Upgrade", "h2c"), ("X-End-To-End", "kept"));
        Assert.DoesNotContain("Keep-Alive", headers.Keys);
        Assert.DoesNotContain("Upgrade", headers.Keys);
        Assert.Equal("kept", headers["X-End-To-End"]);
    }

    [Fact]
    public async Task Conditional_requests_and_their_answers_pass()
    {
        await using var clinic = await Clinic.StartAsync();
        clinic.Monolith.Answer = static http =>
        {
            http.Response.Headers.ETag = "\"7\"";
            http.Response.StatusCode = http.Request.Headers.IfNoneMatch == "\"7\"" ? 304 : 200;
            return Task.CompletedTask;
        };
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.TryAddWithoutValidation("If-None-Match", "\"7\"");
        using var response = await clinic.Gateway.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
        Assert.Equal("\"7\"", response.Headers.ETag?.ToString());
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
    }

    [Fact]
    public async Task Cross_origin_headers_are_the_backends_own()
    {
        await using var clinic = await Clinic.StartAsync();
        clinic.Monolith.Answer = static http =>
        {
            http.Response.StatusCode = 204;
            http.Response.Headers.AccessControlAllowOrigin = http.Request.Headers.Origin;
            http.Response.Headers.AccessControlAllowMethods = http.Request.Headers.AccessControlRequestMethod;
            http.Response.Headers.Vary = "Origin";
            return Task.CompletedTask;
        };
        using var request = new HttpRequestMessage(HttpMethod.Options, Path);
        request.Headers.Add("Origin", "http://localhost:4200");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        using var response = await clinic.Gateway.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("http://localhost:4200", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("POST", response.Headers.GetValues("Access-Control-Allow-Methods").Single());
        Assert.Equal(["Accept-Encoding", "Origin"], response.Headers.Vary.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_path_arrives_as_it_was_sent()
    {
        await using var clinic = await Clinic.StartAsync();
        var echo = await clinic.Gateway.EchoAsync(HttpMethod.Get, "/petclinic/api/owners?lastName=M%C3%BCller&x=a%2Fb%26c+d");
        Assert.Equal("/petclinic/api/owners?lastName=M%C3%BCller&x=a%2Fb%26c+d", echo.Target);
    }

    private static async Task<Dictionary<string, string>> HeadersAsync(Clinic clinic, params (string Name, string Value)[] more)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.Add("X-Forwarded-For", "6.6.6.6");
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Prefix", "/x");
        request.Headers.Add("Forwarded", "for=6.6.6.6");
        foreach (var (name, value) in more)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await clinic.Gateway.Client.SendAsync(request);
        return System.Text.Json.JsonSerializer.Deserialize<Echo>(await response.Content.ReadAsStringAsync(), TestGateway.Json)!.Headers;
    }
}
