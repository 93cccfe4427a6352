using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OrleansShop.EndToEnd.Tests.Systems;
using Xunit;

namespace OrleansShop.EndToEnd.Tests;

/// <summary>Whatever a client sends, each component answers 4xx with a problem, or closes the connection, and lives on.</summary>
public sealed class HostileInputTests
{
    private const int Seed = 20261121;

    private static readonly string[] Parts = ["gateway", "monolith", "services"];

    [Fact]
    public async Task Every_component_answers_hostile_requests_with_a_problem_and_lives_on()
    {
        await using var system = await AppHostSystem.StartAsync();
        foreach (var capability in new[] { "owners", "pets", "visits", "vets" })
        {
            await system.Moved.ToGrainsAsync(capability);
        }

        var faults = new List<string>();
        foreach (var part in Parts)
        {
            var address = AddressOf(system, part);
            foreach (var (what, request) in Requests())
            {
                await CheckAsync($"{part}, {what}", address, request, faults);
            }
        }

        await CheckBridgeAsync(AddressOf(system, "bridge"), faults);
        Assert.True(faults.Count == 0, string.Join('\n', faults) + "\n" + system.Process.Output);
        Assert.Equal(HttpStatusCode.OK, (await system.Client.GetAsync("owners/1")).StatusCode);
        Assert.DoesNotContain("   at ", system.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_request_close_the_connection_and_nothing_else()
    {
        await using var system = await AppHostSystem.StartAsync();
        var random = new Random(Seed);

        foreach (var part in Parts.Append("bridge"))
        {
            for (var round = 0; round < 20; round++)
            {
                await SendGarbageAsync(AddressOf(system, part), random);
            }

            using var client = new HttpClient { BaseAddress = AddressOf(system, part) };
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live")).StatusCode);
        }
    }

    private static IEnumerable<(string What, Func<HttpRequestMessage> Request)> Requests()
    {
        const string Owners = "/petclinic/api/owners";
        yield return ("malformed JSON", () => Post(Owners, "{\"firstName\": "));
        yield return ("a wrong type", () => Post(Owners, """{"firstName":1,"lastName":[],"address":{},"city":true,"telephone":null}"""));
        yield return ("long strings", () => Post(Owners, $$"""{"firstName":"{{new string('a', 5000)}}","lastName":"b","address":"c","city":"d","telephone":"1"}"""));
        yield return ("a body of 10 MB", () => Post(Owners, new string(' ', 10_000_000)));
        yield return ("an unknown media type", () => Post(Owners, "<owner/>", "application/x-owner"));
        yield return ("invalid UTF-8", () => Post(Owners, [(byte)'"', 0xC3, 0x28, (byte)'"']));
        yield return ("deep nesting", () => Post(Owners, string.Concat(Enumerable.Repeat("[", 20_000))));
        yield return ("an id that is no number", () => new HttpRequestMessage(HttpMethod.Get, $"{Owners}/abc"));
        yield return ("an id that is too large", () => new HttpRequestMessage(HttpMethod.Get, $"{Owners}/99999999999999999999"));
        yield return ("a negative id", () => new HttpRequestMessage(HttpMethod.Delete, $"{Owners}/-1"));
        yield return ("a wrong method", () => new HttpRequestMessage(HttpMethod.Patch, Owners));
        yield return ("an unknown path", () => new HttpRequestMessage(HttpMethod.Get, "/petclinic/api/owners/1/horses"));
        yield return ("a bad page size", () => new HttpRequestMessage(HttpMethod.Get, "/petclinic/api/v2/owners?size=1000000"));
        yield return ("many headers", () => WithHeaders(count: 300, length: 10));
        yield return ("large headers", () => WithHeaders(count: 20, length: 4000));
    }

    private static async Task CheckAsync(string what, Uri address, Func<HttpRequestMessage> request, List<string> faults)
    {
        using var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) };
        try
        {
            using var message = request();
            using var answer = await client.SendAsync(message);
            var body = await answer.Content.ReadAsStringAsync();
            if ((int)answer.StatusCode is < 400 or > 499)
            {
                faults.Add($"{what}: {(int)answer.StatusCode} {body}");
            }
            else if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json" || JsonNode.Parse(body)?["type"] is null)
            {
                faults.Add($"{what}: {(int)answer.StatusCode} without a problem: {answer.Content.Headers.ContentType} {body}");
            }
        }
        catch (HttpRequestException cut)
        {
            faults.Add($"{what}: no answer: {cut.Message}");
        }
    }

    private static async Task CheckBridgeAsync(Uri bridge, List<string> faults)
    {
        foreach (var path in new[] { "read", "apply", "allocate", "user" })
        {
            await CheckAsync($"bridge/{path}, malformed", bridge, () => Post($"/bridge/{path}", "{"), faults);
            await CheckAsync($"bridge/{path}, wrong shape", bridge, () => Post($"/bridge/{path}", """{"capability":7,"kind":[],"limit":"x","changes":{}}"""), faults);
            await CheckAsync($"bridge/{path}, injection", bridge, () => Post($"/bridge/{path}", """{"capability":"owners","kind":"owner\"; DROP TABLE owners; --","count":1,"changes":[],"limit":1}"""), faults);
        }
    }

    private static HttpRequestMessage Post(string path, string body, string mediaType = "application/json") =>
        new(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, mediaType) };

    private static HttpRequestMessage Post(string path, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
    }

    private static HttpRequestMessage WithHeaders(int count, int length)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/petclinic/api/owners/1");
        foreach (var number in Enumerable.Range(0, count))
        {
            request.Headers.Add($"X-Flood-{number}", new string('x', length));
        }

        return request;
    }

    private static async Task SendGarbageAsync(Uri address, Random random)
    {
        var bytes = new byte[random.Next(1, 4000)];
        random.NextBytes(bytes);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(bytes);
            client.Client.Shutdown(SocketShutdown.Send);
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while (await stream.ReadAsync(bytes, deadline.Token) > 0)
            {
                // An answer such as 400 may come before the end.
            }
        }
        catch (Exception cut) when (cut is IOException or SocketException)
        {
            // The server closed first: what was hoped for.
        }
    }

    private static Uri AddressOf(AppHostSystem system, string part) =>
        part == "gateway" ? system.Gateway : new Uri(Regex.Match(system.Screen, $@"^\s+{part}\s+(http://\S+)", RegexOptions.Multiline).Groups[1].Value);
}
