using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OrleansShop.Gateway.Tests.Fixtures;
using OrleansShop.Strangler.Phases;
using Xunit;

namespace OrleansShop.Gateway.Tests.Mirroring;

public sealed class ShadowMirrorTests
{
    private const string Vet = "/petclinic/api/vets/1";
    private const string Route = "/petclinic/api/vets/{vetId}";

    [Fact]
    public async Task Answers_of_both_sides_are_compared_and_the_client_gets_the_monoliths()
    {
        await using var clinic = await StartAsync();
        var marks = new List<string>();
        clinic.Monolith.Answer = static http => http.Response.WriteAsJsonAsync(new { id = 1, firstName = "James" });
        clinic.Services["vets"].Backend.Answer = http =>
        {
            lock (marks) marks.Add(http.Request.Headers["X-Strangler-Shadow"].ToString());
            return http.Response.WriteAsJsonAsync(new { firstName = "Jim", id = 1 });
        };

        var answer = await clinic.Gateway.Client.GetFromJsonAsync<JsonElement>(Vet, TestContext.Current.CancellationToken);

        Assert.Equal("James", answer.GetProperty("firstName").GetString());
        var route = await FindingsAsync(clinic, static route => route.GetProperty("compared").GetInt64() == 1);
        Assert.Equal(1, route.GetProperty("different").GetInt64());
        var example = route.GetProperty("examples")[0];
        Assert.Equal(Vet, example.GetProperty("target").GetString());
        var difference = Assert.Single(example.GetProperty("differences").EnumerateArray());
        Assert.Equal(("firstName", "\"James\"", "\"Jim\""), (Text(difference, "path"), Text(difference, "monolith"), Text(difference, "service")));
        Assert.Equal(["1"], marks);
    }

    [Fact]
    public async Task Equal_answers_are_counted_and_nothing_more()
    {
        await using var clinic = await StartAsync();
        clinic.Monolith.Answer = static http => http.Response.WriteAsync("""{"id":1,"a":[1]}""");
        clinic.Services["vets"].Backend.Answer = static http => http.Response.WriteAsync("""{ "a": [1], "id": 1 }""");

        using var response = await clinic.Gateway.Client.GetAsync(Vet, TestContext.Current.CancellationToken);

        var route = await FindingsAsync(clinic, static route => route.GetProperty("compared").GetInt64() == 1);
        Assert.Equal(0, route.GetProperty("different").GetInt64());
        Assert.Single(clinic.Monolith.Requests);
    }

    [Fact]
    public async Task Where_the_monolith_differs_from_itself_is_noise()
    {
        await using var clinic = await StartAsync();
        var counter = 0;
        clinic.Monolith.Answer = http => http.Response.WriteAsJsonAsync(new { id = 1, at = Interlocked.Increment(ref counter) });
        clinic.Services["vets"].Backend.Answer = static http => http.Response.WriteAsJsonAsync(new { id = 1, at = 0 });

        using var response = await clinic.Gateway.Client.GetAsync(Vet, TestContext.Current.CancellationToken);

        var route = await FindingsAsync(clinic, static route => route.GetProperty("compared").GetInt64() == 1);
        Assert.Equal(0, route.GetProperty("different").GetInt64());
        Assert.Equal(1, route.GetProperty("noise").GetProperty("at").GetInt64());
    }

    [Fact]
    public async Task A_slow_service_keeps_no_client_waiting_and_samples_that_do_not_fit_are_dropped()
    {
        await using var clinic = await StartAsync(new() { ["Gateway:Mirroring:QueueLength"] = "1" });
        var isOver = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        clinic.Services["vets"].Backend.Answer = async http => await isOver.Task.WaitAsync(http.RequestAborted);

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("monolith", (await clinic.Gateway.EchoAsync(HttpMethod.Get, Vet)).Backend);
        }

        await Eventually.Holds(async () => (await DiffsAsync(clinic)).GetProperty("dropped").GetInt64() >= 5, "samples are dropped");
        isOver.SetResult();
    }

    [Fact]
    public async Task What_a_client_marks_as_a_copy_is_none()
    {
        await using var clinic = await Clinic.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Vet);
        request.Headers.Add("X-Strangler-Shadow", "1");
        using var response = await clinic.Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);

        var echo = await response.Content.ReadFromJsonAsync<Echo>(TestGateway.Json, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("X-Strangler-Shadow", echo!.Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Of_a_capability_that_does_not_exist_there_are_no_differences()
    {
        await using var clinic = await Clinic.StartAsync();
        using var response = await clinic.Gateway.Client.GetAsync("/admin/capabilities/cats/diffs", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static async Task<Clinic> StartAsync(Dictionary<string, string?>? settings = null)
    {
        var all = new Dictionary<string, string?>(settings ?? []) { ["Gateway:Mirroring:Percent"] = "100" };
        var clinic = await Clinic.StartAsync(all);
        await clinic.MoveAsync("vets", CapabilityPhase.Shadow);
        return clinic;
    }

    private static Task<JsonElement> DiffsAsync(Clinic clinic) => clinic.Gateway.Client.GetFromJsonAsync<JsonElement>("/admin/capabilities/vets/diffs");

    private static async Task<JsonElement> FindingsAsync(Clinic clinic, Func<JsonElement, bool> isThere)
    {
        JsonElement? found = null;
        await Eventually.Holds(
            async () =>
            {
                found = (await DiffsAsync(clinic)).GetProperty("routes").EnumerateArray().Cast<JsonElement?>().FirstOrDefault(static route => Text(route!.Value, "route") == Route);
                return found is { } route && isThere(route);
            },
            "the answers are compared");
        return found!.Value;
    }

    private static string? Text(JsonElement element, string property) => element.GetProperty(property).GetString();
}
