using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using OrleansShop.Gateway.Tests.Fixtures;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Phases;
using Xunit;

namespace OrleansShop.Gateway.Tests.Repair;

public sealed class RequestRepairTests
{
    private const string Owner = "/petclinic/api/owners/1";
    private const string Body = """{"lastName":"Müller"}""";

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task What_the_monolith_does_not_own_any_more_is_sent_to_the_service(string method)
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.MoveAsync("vets", CapabilityPhase.Canary);
        var monolith = Refuse(clinic.Monolith, 500);
        var service = Take(clinic.Services["vets"].Backend);
        clinic.Services["vets"].Place = static order => order is { Kind: "vet", Id: "1" } ? Owned(EntityOwner.Grains) : Results.NotFound();

        using var response = await SendAsync(clinic, method, "/petclinic/api/vets/1", Body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([Body], monolith);
        Assert.Equal([Body], service);
        Assert.Equal(1, clinic.Services["vets"].Placed);
    }

    [Theory]
    [InlineData("ffffffffffffffff")]
    [InlineData("zz")]
    public async Task A_body_whose_framing_is_malformed_is_the_clients_fault(string chunkSize)
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.MoveAsync("owners", CapabilityPhase.Canary, percent: 100);

        var answer = await RawConnection.SayAsync(
            clinic.Gateway.Address, $"PUT {Owner} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n{chunkSize}\r\nabc");

        Assert.True(RawConnection.StatusOf(answer) == 400, answer);
    }

    [Fact]
    public async Task What_the_service_does_not_own_is_sent_to_the_monolith()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.MoveAsync("owners", CapabilityPhase.Canary, percent: 100);
        var service = Refuse(clinic.Services["owners"].Backend, 421);
        var monolith = Take(clinic.Monolith);

        using var response = await SendAsync(clinic, "PUT", Owner, Body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([Body], service);
        Assert.Equal([Body], monolith);
    }

    [Theory]
    [InlineData("GET", "/petclinic/api/owners/1")]
    [InlineData("PUT", "/petclinic/api/owners/1")]
    [InlineData("POST", "/petclinic/api/owners")]
    [InlineData("GET", "/petclinic/api/owners")]
    public async Task The_monolith_is_not_asked_about_what_is_retired_whatever_the_service_says(string method, string path)
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.MoveAsync("owners", CapabilityPhase.Retired);
        Refuse(clinic.Services["owners"].Backend, 421);
        clinic.Services["owners"].Place = static _ => Owned(EntityOwner.Monolith);
        var monolith = Take(clinic.Monolith);

        using var response = await SendAsync(clinic, method, path, Body);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Empty(monolith);
    }

    [Fact]
    public async Task What_is_returned_to_the_monolith_while_the_gateway_repairs_is_sent_there_again()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.MoveAsync("owners", CapabilityPhase.Canary);
        var isReturned = false;
        clinic.Monolith.Answer = http =>
        {
            http.Response.StatusCode = isReturned ? 204 : 500;
            return Task.CompletedTask;
        };
        clinic.Services["owners"].Place = _ =>
        {
            isReturned = true;
            return Owned(EntityOwner.Monolith);
        };

        using var response = await SendAsync(clinic, "PUT", Owner, Body);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Fact]
    public async Task A_failure_of_the_monolith_that_is_no_fence_is_relayed_as_it_is()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.MoveAsync("owners", CapabilityPhase.Canary);
        clinic.Monolith.Answer = static http =>
        {
            http.Response.StatusCode = 507;
            http.Response.ContentType = "text/plain";
            http.Response.Headers["X-Cause"] = "disk";
            return http.Response.WriteAsync("the disk is full");
        };

        using var response = await SendAsync(clinic, "PUT", Owner, Body);

        Assert.Equal(507, (int)response.StatusCode);
        Assert.Equal("disk", response.Headers.GetValues("X-Cause").Single());
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("the disk is full", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_creation_is_not_repeated_after_a_failure_of_the_monolith()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.MoveAsync("owners", CapabilityPhase.Canary);
        var monolith = Refuse(clinic.Monolith, 500);

        using var response = await SendAsync(clinic, "POST", "/petclinic/api/owners", Body);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal([Body], monolith);
        Assert.Equal(0, clinic.Services["owners"].Placed);
    }

    [Fact]
    public async Task A_creation_that_the_service_has_not_carried_out_is_sent_to_the_monolith()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.MoveAsync("owners", CapabilityPhase.Canary, percent: 100);
        var service = Refuse(clinic.Services["owners"].Backend, 421);
        var monolith = Take(clinic.Monolith);

        using var response = await SendAsync(clinic, "POST", "/petclinic/api/owners", Body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([Body], service);
        Assert.Equal([Body], monolith);
    }

    [Fact]
    public async Task A_read_that_the_service_does_not_own_is_answered_by_the_monolith()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.MoveAsync("owners", CapabilityPhase.Canary, percent: 100);
        Refuse(clinic.Services["owners"].Backend, 421);

        Assert.Equal("monolith", (await clinic.Gateway.EchoAsync(HttpMethod.Get, Owner)).Backend);
        Assert.Equal(0, clinic.Services["owners"].Placed);
    }

    [Fact]
    public async Task A_body_above_the_limit_is_delivered_whole_and_answered_503_where_another_would_be_repeated()
    {
        await using var clinic = await Clinic.StartAsync(new() { ["Gateway:Repair:MaxRepeatableBytes"] = "1000" });
        await clinic.MoveAsync("owners", CapabilityPhase.Canary, percent: 100);
        var large = new string('x', 5000);
        var service = Take(clinic.Services["owners"].Backend);
        using var taken = await SendAsync(clinic, "PUT", Owner, large);
        using var takenInPieces = await SendAsync(clinic, "PUT", Owner, large, isChunked: true);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (taken.StatusCode, takenInPieces.StatusCode));
        Assert.Equal([large, large], service);

        Refuse(clinic.Services["owners"].Backend, 421);
        using var response = await SendAsync(clinic, "PUT", Owner, large);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        Assert.Contains("MaxRepeatableBytes is 1000", (await TestGateway.ProblemAsync(response)).Detail, StringComparison.Ordinal);
        Assert.Empty(clinic.Monolith.Requests);
    }

    [Fact]
    public async Task A_body_in_pieces_is_repeated_as_it_was()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.MoveAsync("owners", CapabilityPhase.Canary, percent: 100);
        var body = string.Concat(Enumerable.Range(0, 9000).Select(static i => $"{i},"));
        var service = Refuse(clinic.Services["owners"].Backend, 421);
        var monolith = Take(clinic.Monolith);

        using var response = await SendAsync(clinic, "PUT", Owner, body, isChunked: true);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([body], service);
        Assert.Equal([body], monolith);
    }

    [Fact]
    public async Task When_nobody_says_who_the_owner_is_the_client_is_told_to_come_again()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.MoveAsync("owners", CapabilityPhase.Canary);
        Refuse(clinic.Monolith, 500);
        clinic.Services["owners"].Place = static _ => Results.StatusCode(503);

        using var response = await SendAsync(clinic, "PUT", Owner, Body);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task When_no_side_takes_it_the_client_is_told_to_come_again()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.MoveAsync("owners", CapabilityPhase.Canary, percent: 100);
        var service = Refuse(clinic.Services["owners"].Backend, 421);
        clinic.Services["owners"].Place = static _ => Owned(EntityOwner.Grains);

        using var response = await SendAsync(clinic, "PUT", Owner, Body);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal([Body, Body], service);
        Assert.Empty(clinic.Monolith.Requests);
    }

    [Fact]
    public async Task A_cascade_of_the_monolith_that_meets_a_fence_is_carried_out_by_the_service()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.MoveAsync("visits", CapabilityPhase.Shadow);
        Refuse(clinic.Monolith, 500);

        Assert.Equal("pets", (await clinic.Gateway.EchoAsync(HttpMethod.Delete, "/petclinic/api/pets/1")).Backend);
        Assert.Equal(0, clinic.Services["pets"].Placed);
    }

    [Fact]
    public async Task A_failure_of_the_monolith_is_nobody_elses_business_where_nothing_moves()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.MoveAsync("owners", CapabilityPhase.Canary, percent: 100);
        var monolith = Refuse(clinic.Monolith, 500);

        using var response = await SendAsync(clinic, "PUT", "/petclinic/api/vets/1", Body);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal([Body], monolith);
    }

    private static async Task<HttpResponseMessage> SendAsync(Clinic clinic, string method, string path, string body, bool isChunked = false)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = isChunked;
        return await clinic.Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static IResult Owned(EntityOwner owner) => Results.Json(new { owner = owner.ToString() });

    private static ConcurrentQueue<string> Take(StubBackend backend) => Answer(backend, 200);

    private static ConcurrentQueue<string> Refuse(StubBackend backend, int status) => Answer(backend, status);

    private static ConcurrentQueue<string> Answer(StubBackend backend, int status)
    {
        var bodies = new ConcurrentQueue<string>();
        backend.Answer = async http =>
        {
            using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
            bodies.Enqueue(await reader.ReadToEndAsync(http.RequestAborted));
            http.Response.StatusCode = status;
        };
        return bodies;
    }
}
