using System.Text.Json;
using Xunit;
using static OrleansShop.Cli.Tests.Moves.StatusText;

namespace OrleansShop.Cli.Tests.Moves;

public sealed class CapabilitiesCommandTests
{
    private const string All =
        """
        {"capabilities":[
            {"name":"owners","phase":"Monolith","percent":0,"lists":"Monolith","epoch":0,"since":"2026-03-04T05:06:07+00:00","service":{"phase":"Monolith","problem":null,"processes":[{"address":"http://10.0.0.1","ready":true,"inFlight":0},{"address":"http://10.0.0.2","ready":false,"inFlight":0}]}},
            {"name":"pets","phase":"Monolith","percent":0,"lists":"Monolith","epoch":0,"since":"2026-03-04T05:06:07+00:00","service":{"phase":null,"problem":"away","processes":[]}}],
         "monolith":[]}
        """;

    [Fact]
    public async Task There_is_a_line_for_each_and_a_service_that_is_away_leaves_a_gap()
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway
            .On("GET /admin/capabilities", All)
            .On($"GET {Owners}", Of("Canary", 25, activity: "Sweeping", moved: 10, total: 150, by: "a\\u001b[31mda"))
            .On("GET /admin/capabilities/pets", Problem(503, "Unavailable", "The service of pets does not answer."), 503);

        var run = await gateway.RunAsync("capabilities");

        Assert.Equal((ExitCodes.Incomplete, ""), (run.ExitCode, run.Error));
        var line = Assert.Single(run.Output.Split('\n'), static line => line.Contains("owners", StringComparison.Ordinal));
        foreach (var part in new[] { "canary 25 %", "900", "100", "2026-03-04 05:06:07Z", "a\\u001b[31mda", "10 of 150 moved, 50 per second, 2.8 s left", "1 of 2 ready" })
        {
            Assert.Contains(part, line, StringComparison.Ordinal);
        }

        Assert.Contains("pets: Unavailable (503): The service of pets does not answer.", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_json_every_answer_is_there_or_the_problem_in_its_place()
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway
            .On("GET /admin/capabilities", All)
            .On($"GET {Owners}", Of("Grains"))
            .On("GET /admin/capabilities/pets", Problem(503, "Unavailable", "The service of pets does not answer."), 503);

        var run = await gateway.RunAsync("capabilities", "--json");

        using var json = JsonDocument.Parse(run.Output);
        var items = json.RootElement.GetProperty("capabilities").EnumerateArray().ToList();
        Assert.Equal(["owners", "pets"], items.Select(static item => item.GetProperty("capability").GetString()));
        Assert.Equal("Grains", items[0].GetProperty("phase").GetString());
        Assert.Equal(503, items[1].GetProperty("problem").GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task One_capability_is_shown_alone_and_a_refusal_of_it_is_the_result()
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway
            .On($"GET {Owners}", Of("Grains"))
            .On("GET /admin/capabilities/dragons", Problem(404, "Not found", "There is no capability 'dragons'; there are owners, pets."), 404);

        var run = await gateway.RunAsync("capabilities", "owners");
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("settled", Assert.Single(run.Output.Split('\n'), static line => line.Contains("owners", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(Of("Grains"), (await gateway.RunAsync("capabilities", "owners", "--json")).Output.TrimEnd());

        run = await gateway.RunAsync("capabilities", "dragons");
        Assert.Equal(ExitCodes.Refused, run.ExitCode);
        Assert.Contains("there are owners, pets", run.Error, StringComparison.Ordinal);
    }
}
