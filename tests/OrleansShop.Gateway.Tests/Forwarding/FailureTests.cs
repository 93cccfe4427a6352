using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using OrleansShop.Gateway.Tests.Fixtures;
using Xunit;

namespace OrleansShop.Gateway.Tests.Forwarding;

public sealed class FailureTests
{
    private const string Path = "/petclinic/api/owners";

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_backend_that_is_down_is_answered_503_at_once(string method)
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.Monolith.DisposeAsync();

        var clock = Stopwatch.StartNew();
        using var request = new HttpRequestMessage(new HttpMethod(method), Path);
        using var response = await clinic.Gateway.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.EndsWith("unavailable", (await TestGateway.ProblemAsync(response)).Type, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"{clock.Elapsed}");
    }

    [Fact]
    public async Task A_backend_that_does_not_accept_connections_is_answered_503_after_the_connect_timeout()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        var endpoint = (IPEndPoint)listener.LocalEndPoint!;

        // Fills the queue of connections that nobody accepts; the kernel then drops what comes.
        var waiting = Enumerable.Range(0, 4).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false }).ToList();
        foreach (var socket in waiting)
        {
            _ = socket.ConnectAsync(endpoint);
        }

        await using var clinic = await Clinic.StartAsync(new()
        {
            ["Gateway:Monolith"] = $"http://127.0.0.1:{endpoint.Port}",
            ["Gateway:Forwarding:ConnectTimeout"] = "00:00:00.5",
        });
        var clock = Stopwatch.StartNew();
        using var response = await clinic.Gateway.Client.GetAsync(Path);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed}");
        waiting.ForEach(static socket => socket.Dispose());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    public async Task A_backend_that_breaks_off_is_answered_502(string method)
    {
        await using var clinic = await Clinic.StartAsync();
        clinic.Monolith.Answer = static http =>
        {
            http.Abort();
            return Task.CompletedTask;
        };
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{Path}/1");
        using var response = await clinic.Gateway.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.EndsWith("bad-gateway", (await TestGateway.ProblemAsync(response)).Type, StringComparison.Ordinal);
        Assert.Single(clinic.Monolith.Requests);
    }

    [Fact]
    public async Task A_backend_that_stays_silent_is_answered_504()
    {
        await using var clinic = await Clinic.StartAsync(new() { ["Gateway:Forwarding:ActivityTimeout"] = "00:00:00.3" });
        clinic.Monolith.Answer = static http => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
        using var response = await clinic.Gateway.Client.GetAsync(Path);
        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        Assert.EndsWith("gateway-timeout", (await TestGateway.ProblemAsync(response)).Type, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_in_the_middle_is_not_passed_for_a_whole_one()
    {
        await using var clinic = await Clinic.StartAsync();
        clinic.Monolith.Answer = static async http =>
        {
            http.Response.ContentLength = 1000;
            await http.Response.WriteAsync("the beginning");
            await http.Response.Body.FlushAsync();
            http.Abort();
        };
        Assert.False(await IsWholeAsync(clinic));
        using var alive = await clinic.Gateway.Client.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    /// <summary>Either the connection broke off, or nothing had been sent yet and the answer is a problem.</summary>
    private static async Task<bool> IsWholeAsync(Clinic clinic)
    {
        try
        {
            using var response = await clinic.Gateway.Client.GetAsync(Path);
            await response.Content.ReadAsStringAsync();
            return response.StatusCode != HttpStatusCode.BadGateway;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    [Fact]
    public async Task A_client_that_goes_away_ends_the_backends_work()
    {
        await using var clinic = await Clinic.StartAsync();
        var arrived = new TaskCompletionSource();
        var aborted = new TaskCompletionSource();
        clinic.Monolith.Answer = async http =>
        {
            http.RequestAborted.Register(() => aborted.TrySetResult());
            arrived.SetResult();
            await aborted.Task;
        };
        using var cancel = new CancellationTokenSource();
        var request = clinic.Gateway.Client.GetAsync(Path, cancel.Token);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await aborted.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Errors_of_the_backend_are_relayed_as_they_are()
    {
        await using var clinic = await Clinic.StartAsync();
        clinic.Monolith.Answer = static http =>
        {
            http.Response.StatusCode = 422;
            http.Response.Headers["X-Custom"] = "kept";
            return http.Response.WriteAsync("as it is");
        };
        using var response = await clinic.Gateway.Client.PostAsync(Path, null);
        Assert.Equal(422, (int)response.StatusCode);
        Assert.Equal("kept", response.Headers.GetValues("X-Custom").Single());
        Assert.Equal("as it is", await response.Content.ReadAsStringAsync());
    }
}
