using System.Net;
using Microsoft.AspNetCore.Http;
using OrleansShop.Gateway.Tests.Fixtures;
using Xunit;

namespace OrleansShop.Gateway.Tests.Forwarding;

public sealed class SeveralProcessesTests
{
    private const string Api = "/petclinic/api";

    [Fact]
    public async Task Requests_are_spread_over_the_processes()
    {
        await using var other = await StubBackend.StartAsync("monolith-2");
        await using var clinic = await StartAsync(other);
        var names = new HashSet<string>();
        for (var i = 0; i < 10; i++)
        {
            names.Add((await clinic.Gateway.EchoAsync(HttpMethod.Get, $"{Api}/owners")).Backend);
        }

        Assert.Equal(["monolith", "monolith-2"], names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Stopping_one_process_gracefully_fails_no_request()
    {
        await using var other = await StubBackend.StartAsync("monolith-2");
        await using var clinic = await StartAsync(other);
        using var stop = new CancellationTokenSource();
        var failures = new List<string>();
        var served = 0;
        var clients = Enumerable.Range(0, 4).Select(client => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var request = new HttpRequestMessage(client % 2 == 0 ? HttpMethod.Get : HttpMethod.Post, $"{Api}/owners");
                request.Content = client % 2 == 0 ? null : new StringContent("""{"firstName":"Anna"}""");
                using var response = await clinic.Gateway.Client.SendAsync(request);
                Interlocked.Increment(ref served);
                var body = await response.Content.ReadAsStringAsync();
                if (response.StatusCode != HttpStatusCode.OK)
                {
                    lock (failures)
                    {
                        failures.Add($"{request.Method}: {(int)response.StatusCode} {body}");
                    }
                }
            }
        })).ToList();

        await Eventually.Holds(() => Task.FromResult(!other.Requests.IsEmpty), "the second process gets requests");

        // What a process of ours does when it is told to stop: unready first, and only some time later gone.
        other.IsReady = false;
        await Task.Delay(500);
        var seen = other.Requests.Count;
        await Task.Delay(200);
        Assert.Equal(seen, other.Requests.Count);
        await other.StopAsync();
        await Task.Delay(300);

        await stop.CancelAsync();
        await Task.WhenAll(clients);
        Assert.Empty(failures);
        Assert.True(served > 20, $"{served} requests");
    }

    [Fact]
    public async Task A_process_that_is_gone_without_notice_fails_no_request_that_was_not_sent()
    {
        await using var other = await StubBackend.StartAsync("monolith-2");
        await using var clinic = await StartAsync(other, new() { ["Gateway:Forwarding:HealthInterval"] = "00:01:00" });
        await other.DisposeAsync();

        for (var i = 0; i < 6; i++)
        {
            Assert.Equal("monolith", (await clinic.Gateway.EchoAsync(HttpMethod.Post, $"{Api}/owners", new StringContent("""{"firstName":"Anna"}"""))).Backend);
        }
    }

    [Fact]
    public async Task A_read_that_a_process_broke_off_is_sent_to_the_next()
    {
        await using var other = await StubBackend.StartAsync("monolith-2");
        other.Answer = Abort;
        await using var clinic = await StartAsync(other);
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal("monolith", (await clinic.Gateway.EchoAsync(HttpMethod.Get, $"{Api}/owners")).Backend);
        }

        Assert.NotEmpty(other.Requests);
    }

    [Fact]
    public async Task A_write_that_a_process_broke_off_is_not_repeated()
    {
        await using var other = await StubBackend.StartAsync("monolith-2");
        other.Answer = Abort;
        await using var clinic = await StartAsync(other);
        clinic.Monolith.Answer = Abort;

        using var response = await clinic.Gateway.Client.PostAsync($"{Api}/owners", new StringContent("{}"));

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal(1, other.Requests.Count + clinic.Monolith.Requests.Count);
    }

    [Fact]
    public async Task A_service_may_be_several_processes_and_is_followed_at_a_ready_one()
    {
        await using var clinic = await Clinic.StartAsync();
        await using var second = await StubBackend.StartAsync("vets-2");
        var addresses = $"{second.Address};{clinic.Services["vets"].Backend.Address}";
        second.IsReady = false;
        await clinic.RestartGatewayAsync(new() { ["Capabilities:vets:Service"] = addresses });
        await Eventually.Holds(
            async () => (await clinic.Gateway.CapabilityAsync("vets")).GetProperty("service").GetProperty("phase").GetString() == "Monolith", "the ready process is asked");

        await clinic.ToGrainsAsync("vets");
        Assert.Equal("vets", (await clinic.Gateway.EchoAsync(HttpMethod.Get, $"{Api}/vets")).Backend);
    }

    private static Task Abort(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    private static async Task<Clinic> StartAsync(StubBackend other, Dictionary<string, string?>? settings = null)
    {
        var clinic = await Clinic.StartAsync();
        await clinic.RestartGatewayAsync(new(settings ?? []) { ["Gateway:Monolith"] = $"{clinic.Monolith.Address};{other.Address}" });
        return clinic;
    }
}
