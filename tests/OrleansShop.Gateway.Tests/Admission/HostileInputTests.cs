using System.Net;
using Microsoft.AspNetCore.Http;
using OrleansShop.Gateway.Tests.Fixtures;
using Xunit;

namespace OrleansShop.Gateway.Tests.Admission;

public sealed class HostileInputTests
{
    private const string Host = "Host: localhost\r\nConnection: close\r\n";

    public static TheoryData<string, string, int> Requests => new()
    {
        { "a request line of garbage", "\u0001\u0002\u0003\u0004\r\n\r\n", 400 },
        { "no version", "GET /petclinic/api/owners\r\n\r\n", 400 },
        { "an unknown version", $"GET / HTTP/9.9\r\n{Host}\r\n", 505 },
        { "a method with control characters", $"G\u0007T / HTTP/1.1\r\n{Host}\r\n", 400 },
        { "no host", "GET /petclinic/api/owners HTTP/1.1\r\n\r\n", 400 },
        { "two hosts", "GET /petclinic/api/owners HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400 },
        { "a header without a colon", $"GET /petclinic/api/owners HTTP/1.1\r\n{Host}Nonsense\r\n\r\n", 400 },
        { "a header with a space before the colon", $"GET /petclinic/api/owners HTTP/1.1\r\n{Host}X : 1\r\n\r\n", 400 },
        { "a path of invalid UTF-8", $"GET /petclinic/api/owners/%ff%fe HTTP/1.1\r\n{Host}\r\n", 400 },
        { "a path of raw bytes", $"GET /petclinic/api/owners/\u00ff\u00fe HTTP/1.1\r\n{Host}\r\n", 400 },
        { "a broken escape", $"GET /petclinic/api/owners/%zz HTTP/1.1\r\n{Host}\r\n", 400 },
        { "an escaped zero", $"GET /petclinic/api/owners/%00 HTTP/1.1\r\n{Host}\r\n", 400 },
        { "a traversal", $"GET /petclinic/api/../../admin/capabilities HTTP/1.1\r\n{Host}\r\n", 400 },
        { "an escaped traversal", $"GET /petclinic/api/%2e%2e/%2e%2e/admin HTTP/1.1\r\n{Host}\r\n", 400 },
        { "an overlong traversal", $"GET /petclinic/api/%c0%ae%c0%ae/x HTTP/1.1\r\n{Host}\r\n", 400 },
        { "a length that is no number", $"POST /petclinic/api/owners HTTP/1.1\r\n{Host}Content-Length: ten\r\n\r\n", 400 },
        { "a negative length", $"POST /petclinic/api/owners HTTP/1.1\r\n{Host}Content-Length: -1\r\n\r\n", 400 },
        { "a huge length", $"POST /petclinic/api/owners HTTP/1.1\r\n{Host}Content-Length: 99999999999\r\n\r\n", 413 },
        { "two lengths", $"POST /petclinic/api/owners HTTP/1.1\r\n{Host}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400 },
        { "a chunk size that is no number", $"POST /petclinic/api/owners HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n", 400 },
        { "a huge chunk size", $"POST /petclinic/api/owners HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc", 400 },
        { "an unknown transfer coding", $"POST /petclinic/api/owners HTTP/1.1\r\n{Host}Transfer-Encoding: rot13\r\n\r\nabc", 400 },
        { "a tunnel", "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\nConnection: close\r\n\r\n", 404 },
        { "a header flood in bytes", $"GET /petclinic/api/owners HTTP/1.1\r\n{Host}X: {new string('a', 400_000)}\r\n\r\n", 431 },
        { "a header flood in number", $"GET /petclinic/api/owners HTTP/1.1\r\n{Host}{string.Concat(Enumerable.Range(0, 2000).Select(static i => $"X{i}: 1\r\n"))}\r\n", 431 },
        { "a request line without end", $"GET /{new string('a', 100_000)} HTTP/1.1\r\n{Host}\r\n", 414 },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Malformed_requests_are_refused_and_reach_no_backend(string what, string request, int status)
    {
        await using var clinic = await Clinic.StartAsync();
        clinic.Monolith.Answer = static http => http.Request.Body.CopyToAsync(Stream.Null);

        var answer = await RawConnection.SayAsync(clinic.Gateway.Address, request);

        Assert.True(status == RawConnection.StatusOf(answer), $"{what}: {answer}");
        using var alive = await clinic.Gateway.Client.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    [Fact]
    public async Task Random_bytes_never_end_the_process()
    {
        await using var clinic = await Clinic.StartAsync();
        var random = new Random(7);
        for (var round = 0; round < 60; round++)
        {
            var bytes = new byte[random.Next(1, 4000)];
            random.NextBytes(bytes);
            if (round % 2 == 0)
            {
                bytes = [.. "POST /petclinic/api/owners HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"u8, .. bytes, .. "\r\n\r\n"u8];
            }

            var status = RawConnection.StatusOf(await RawConnection.SayAsync(clinic.Gateway.Address, bytes, TimeSpan.FromMilliseconds(200)));
            Assert.True(status is 0 or (>= 400 and < 500), $"round {round}: {status}");
        }

        Assert.Equal("monolith", (await clinic.Gateway.EchoAsync(HttpMethod.Get, "/petclinic/api/owners")).Backend);
    }

    [Fact]
    public async Task A_smuggled_second_request_is_not_seen_by_the_backend()
    {
        await using var clinic = await Clinic.StartAsync();
        clinic.Monolith.Answer = static async http =>
        {
            using var body = new StreamReader(http.Request.Body);
            await http.Response.WriteAsync(await body.ReadToEndAsync());
        };

        // Both framings at once: whoever went by the length would take what follows the last chunk for a new request.
        await RawConnection.SayAsync(
            clinic.Gateway.Address,
            $"POST /petclinic/api/owners HTTP/1.1\r\n{Host}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nDELETE /petclinic/api/owners/1 HTTP/1.1\r\n{Host}\r\n",
            TimeSpan.FromSeconds(2));

        Assert.DoesNotContain(clinic.Monolith.Requests, static request => request.StartsWith("DELETE", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_body_above_the_limit_is_answered_413_with_a_problem(bool withLength, bool asksFirst)
    {
        await using var clinic = await Clinic.StartAsync();
        clinic.Monolith.Answer = static async http =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null);
            await http.Response.WriteAsync("read it all");
        };
        using var content = new StreamContent(new MemoryStream(new byte[10 * 1024 * 1024]));
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/petclinic/api/owners") { Content = content };
        request.Headers.TransferEncodingChunked = !withLength;
        request.Headers.ExpectContinue = asksFirst;
        using var response = await clinic.Gateway.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.EndsWith("body-too-large", (await TestGateway.ProblemAsync(response)).Type, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, 10)]
    [InlineData(20, 4000)]
    public async Task A_header_flood_is_answered_431_with_a_problem(int count, int length)
    {
        await using var clinic = await Clinic.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/petclinic/api/owners");
        for (var i = 0; i < count; i++)
        {
            request.Headers.Add($"X-Flood-{i}", new string('x', length));
        }

        using var response = await clinic.Gateway.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, response.StatusCode);
        Assert.EndsWith("headers-too-large", (await TestGateway.ProblemAsync(response)).Type, StringComparison.Ordinal);
        Assert.Empty(clinic.Monolith.Requests);
    }

    [Fact]
    public async Task A_body_at_the_limit_passes()
    {
        await using var clinic = await Clinic.StartAsync();
        clinic.Monolith.Answer = static async http =>
        {
            var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            await http.Response.WriteAsync($"{body.Length}");
        };
        using var response = await clinic.Gateway.Client.PostAsync("/petclinic/api/owners", new ByteArrayContent(new byte[1024 * 1024]));
        Assert.Equal("1048576", await response.Content.ReadAsStringAsync());
    }
}
