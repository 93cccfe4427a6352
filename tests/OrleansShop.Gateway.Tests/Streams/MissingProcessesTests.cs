using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Gateway.Forwarding;
using OrleansShop.Gateway.Tests.Fixtures;
using Xunit;

namespace OrleansShop.Gateway.Tests.Streams;

/// <summary>Which processes an answer about queues and dead letters names as missing, and which addresses as kept free.</summary>
public sealed class MissingProcessesTests
{
    /// <summary>A port that the system gives to nobody who asks for a free one.</summary>
    private const string Vacant = "http://127.0.0.1:1";

    [Theory]
    [InlineData("queues")]
    [InlineData("dead-letters")]
    public async Task An_address_where_nobody_has_answered_is_absent_if_another_process_of_its_service_answers(string question)
    {
        await using var clinic = await StartAsync(static clinic => new() { ["Capabilities:pets:Service"] = $"{clinic};{Vacant}" });

        var (silent, absent) = await AskAsync(clinic, question);

        Assert.Empty(silent);
        Assert.Equal([Vacant], absent);
    }

    [Fact]
    public async Task An_order_is_not_incomplete_because_of_an_absent_address()
    {
        await using var clinic = await StartAsync(static clinic => new() { ["Capabilities:pets:Service"] = $"{clinic};{Vacant}" });

        foreach (var order in (string[])["""{"all":true}""", """{"ids":["events/1-2"]}"""])
        {
            using var body = new StringContent(order, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
            using var response = await clinic.Gateway.Client.PostAsync("/admin/dead-letters/redrive", body);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var (silent, absent) = NamesOf(await response.Content.ReadFromJsonAsync<JsonElement>());
            Assert.Empty(silent);
            Assert.Equal([Vacant], absent);
        }

        using var unknown = await clinic.Gateway.Client.GetAsync("/admin/dead-letter?id=events/1-2");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task A_process_that_has_answered_and_is_gone_is_silent()
    {
        var other = await StubBackend.StartAsync("pets-2", Speak);
        await using var clinic = await StartAsync(clinic => new() { ["Capabilities:pets:Service"] = $"{clinic};{other.Address}" });
        var address = other.Address;
        await Eventually.Holds(async () => (await AskAsync(clinic, "queues")).Silent.Length == 0, "both processes answer");
        await other.DisposeAsync();

        var (silent, absent) = await AskAsync(clinic, "queues");

        Assert.Equal([address], silent);
        Assert.Empty(absent);
    }

    [Fact]
    public async Task A_process_that_has_only_answered_a_health_check_has_answered()
    {
        var other = await StubBackend.StartAsync("pets-2");
        await using var clinic = await StartAsync(clinic => new() { ["Capabilities:pets:Service"] = $"{clinic};{other.Address}" });
        var address = other.Address;
        var place = clinic.Gateway.App.Services.GetRequiredService<Backends>().Services.SelectMany(static service => service.Destinations).Single(place => place.Prefix == address);
        await Eventually.Holds(() => Task.FromResult(place.HasAnswered), "the process has answered a health check");
        await other.DisposeAsync();

        Assert.Equal([address], (await AskAsync(clinic, "queues")).Silent);
    }

    [Fact]
    public async Task A_service_without_a_process_that_answers_makes_its_addresses_silent()
    {
        const string OtherVacant = "http://127.0.0.1:2";
        await using var clinic = await StartAsync(static clinic => new()
        {
            // The first is kept free for a service that answers as well, which does not help the other.
            ["Capabilities:pets:Service"] = $"{clinic};{Vacant}",
            ["Capabilities:vets:Service"] = $"{Vacant};{OtherVacant}",
        });

        var (silent, absent) = await AskAsync(clinic, "queues");

        Assert.Equal([Vacant, OtherVacant], silent.Order(StringComparer.Ordinal));
        Assert.Empty(absent);
    }

    [Fact]
    public async Task A_process_that_takes_a_connection_and_says_nothing_is_silent()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)mute.LocalEndpoint).Port}";
        await using var clinic = await StartAsync(clinic => new() { ["Capabilities:pets:Service"] = $"{clinic};{address}" });

        Assert.Equal([address], (await AskAsync(clinic, "queues")).Silent);
    }

    /// <summary>A gateway whose services all say that they have no queue and no dead letter. The settings are given the address of the service of pets.</summary>
    private static async Task<Clinic> StartAsync(Func<string, Dictionary<string, string?>> settings)
    {
        var clinic = await Clinic.StartAsync();
        foreach (var service in clinic.Services.Values) Speak(service.Backend);
        await clinic.RestartGatewayAsync(settings(clinic.Services["pets"].Backend.Address));
        return clinic;
    }

    private static void Speak(StubBackend stub) => stub.Answer = static http => http.Request.Path.Value switch
    {
        "/streams/queues" => http.Response.WriteAsync("""{"queues":[],"silent":[]}"""),
        "/streams/dead-letters" => http.Response.WriteAsync("""{"deadLetters":[],"more":false,"silent":[]}"""),
        _ => NotFound(http),
    };

    private static Task NotFound(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static async Task<(string[] Silent, string[] Absent)> AskAsync(Clinic clinic, string question) =>
        NamesOf(await clinic.Gateway.Client.GetFromJsonAsync<JsonElement>($"/admin/{question}"));

    private static (string[] Silent, string[] Absent) NamesOf(JsonElement answer)
    {
        return (Names("silent"), Names("absent"));

        string[] Names(string list) => [.. answer.GetProperty(list).EnumerateArray().Select(static one => one.GetProperty("process").GetString()!)];
    }
}
