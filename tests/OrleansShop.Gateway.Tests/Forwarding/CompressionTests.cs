using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Http;
using OrleansShop.Gateway.Tests.Fixtures;
using Xunit;

namespace OrleansShop.Gateway.Tests.Forwarding;

public sealed class CompressionTests
{
    private static readonly string Large = new('a', 20_000);

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task A_large_answer_is_compressed_and_its_tag_becomes_weak(string encoding)
    {
        await using var clinic = await StartAsync(Large);
        using var response = await GetAsync(clinic, encoding);

        Assert.Equal(encoding, Assert.Single(response.Content.Headers.ContentEncoding));
        Assert.Equal("W/\"7\"", response.Headers.ETag?.ToString());
        Assert.Equal("Accept-Encoding", Assert.Single(response.Headers.Vary));
        await using var body = await response.Content.ReadAsStreamAsync();
        await using Stream plain = encoding == "br" ? new BrotliStream(body, CompressionMode.Decompress) : new GZipStream(body, CompressionMode.Decompress);
        using var reader = new StreamReader(plain);
        Assert.Equal(Large, await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task Who_accepts_no_encoding_gets_the_answer_as_it_is()
    {
        await using var clinic = await StartAsync(Large);
        using var response = await GetAsync(clinic, "identity");
        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Equal("\"7\"", response.Headers.ETag?.ToString());
        Assert.Equal("Accept-Encoding", Assert.Single(response.Headers.Vary));
        Assert.Equal(Large, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_small_answer_is_not_worth_it()
    {
        await using var clinic = await StartAsync("small");
        using var response = await GetAsync(clinic, "br");
        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Equal("\"7\"", response.Headers.ETag?.ToString());
        Assert.Equal("small", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_weak_tag_is_recognised_when_it_comes_back()
    {
        await using var clinic = await StartAsync(Large);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/petclinic/api/owners");
        request.Headers.TryAddWithoutValidation("If-None-Match", "W/\"7\"");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "br");
        using var response = await clinic.Gateway.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
    }

    [Fact]
    public async Task The_backend_is_not_asked_to_compress()
    {
        await using var clinic = await Clinic.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/petclinic/api/owners");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "deflate");
        using var response = await clinic.Gateway.Client.SendAsync(request);
        Assert.DoesNotContain("Accept-Encoding", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<Clinic> StartAsync(string body)
    {
        var clinic = await Clinic.StartAsync();
        clinic.Monolith.Answer = http =>
        {
            http.Response.Headers.ETag = "\"7\"";
            if (http.Request.Headers.IfNoneMatch.ToString().EndsWith("\"7\"", StringComparison.Ordinal))
            {
                http.Response.StatusCode = 304;
                return Task.CompletedTask;
            }

            http.Response.ContentType = "application/json";
            http.Response.ContentLength = body.Length;
            return http.Response.WriteAsync(body);
        };
        return clinic;
    }

    private static async Task<HttpResponseMessage> GetAsync(Clinic clinic, string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/petclinic/api/owners");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
        return await clinic.Gateway.Client.SendAsync(request);
    }
}
