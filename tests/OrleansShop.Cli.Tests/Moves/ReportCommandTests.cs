using System.Text.Json;
using Xunit;
using static OrleansShop.Cli.Tests.Moves.StatusText;

namespace OrleansShop.Cli.Tests.Moves;

/// <summary>Commands that show what was found and what was ordered.</summary>
public sealed class ReportCommandTests
{
    [Fact]
    public async Task Differences_between_answers_are_shown_by_route_with_examples_and_exit_with_6()
    {
        await using var gateway = await MoveGateway.StartAsync();
        const string Json =
            """
            {"capability":"owners","dropped":3,"routes":[{"route":"/owners/{ownerId}","compared":1200,"different":2,"failed":1,"noise":{"/visits/0/at":4},
             "examples":[{"target":"/owners/7?x=\u001b[2J","at":"2026-03-04T05:06:07+00:00","monolithStatus":200,"serviceStatus":404,"differences":[{"path":"/city","monolith":"\"Madison\"","service":"(none)"}]}]}]}
            """;
        gateway.On($"GET {Owners}/diffs", Json);

        var run = await gateway.RunAsync("diffs", "owners");
        Assert.Equal((ExitCodes.Differences, ""), (run.ExitCode, run.Error));
        var line = Assert.Single(run.Output.Split('\n'), static line => line.Contains("/owners/{ownerId}", StringComparison.Ordinal));
        Assert.Contains("1,200", line, StringComparison.Ordinal);
        Assert.Contains("/visits/0/at", line, StringComparison.Ordinal);
        Assert.Contains("2026-03-04 05:06:07Z /owners/7?x=\\u001b[2J: the monolith answered 200, the grains 404", run.Output, StringComparison.Ordinal);
        Assert.Contains("""/city: "Madison" | (none)""", run.Output, StringComparison.Ordinal);
        Assert.Contains("3 samples were not compared", run.Output, StringComparison.Ordinal);
        Assert.Equal(Json, (await gateway.RunAsync("diffs", "owners", "--json")).Output.TrimEnd());
    }

    [Fact]
    public async Task No_difference_is_done()
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway.On($"GET {Owners}/diffs", """{"capability":"owners","dropped":0,"routes":[{"route":"/owners","compared":5,"different":0,"failed":0,"noise":{},"examples":[]}]}""");
        Assert.Equal(ExitCodes.Done, (await gateway.RunAsync("diffs", "owners")).ExitCode);
    }

    [Fact]
    public async Task Orders_are_shown_newest_first_with_what_they_were_decided_on()
    {
        await using var gateway = await MoveGateway.StartAsync();
        var json = $"[{Transition("Monolith", "Shadow", day: 4, epoch: 2, """ "kind":"Shadow","by":"bob","origin":"10.0.0.6" """)},{Canary}]";
        gateway.On($"GET {Owners}/history", json);

        var run = await gateway.RunAsync("history", "owners");
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        var lines = run.Output.Split('\n');
        var (canary, shadow) = (Array.FindIndex(lines, static line => line.Contains("canary 25 %", StringComparison.Ordinal)), Array.FindIndex(lines, static line => line.Contains("bob (10.0.0.6)", StringComparison.Ordinal)));
        Assert.InRange(canary, 0, shadow - 1);
        foreach (var part in new[] { "owners", "shadow → canary", " 3 ", "1,000", "ada (10.0.0.7)", "calm\\u001b[2J so far" }) Assert.Contains(part, lines[canary], StringComparison.Ordinal);
        Assert.Equal(json, (await gateway.RunAsync("history", "owners", "--json")).Output.TrimEnd());

        run = await gateway.RunAsync("history", "owners", "--limit", "1");
        Assert.DoesNotContain("bob", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_of_all_capabilities_are_shown_together_and_a_service_that_is_away_leaves_a_gap()
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway
            .On("GET /admin/capabilities", """{"capabilities":[{"name":"owners","service":{"processes":[]}},{"name":"pets","service":{"processes":[]}},{"name":"vets","service":{"processes":[]}}],"monolith":[]}""")
            .On($"GET {Owners}/history", $"[{Canary}]")
            .On("GET /admin/capabilities/pets/history", $"[{Transition("Monolith", "Shadow", day: 6, epoch: 1, """ "kind":"Shadow","by":"bob","origin":"10.0.0.6" """)}]")
            .On("GET /admin/capabilities/vets/history", Problem(503, "Unavailable", "The service of vets does not answer."), 503);

        var run = await gateway.RunAsync("history");
        Assert.Equal((ExitCodes.Incomplete, ""), (run.ExitCode, run.Error));
        Assert.InRange(run.Output.IndexOf("pets", StringComparison.Ordinal), 0, run.Output.IndexOf("owners", StringComparison.Ordinal));
        Assert.Contains("vets: Unavailable (503): The service of vets does not answer.", run.Output, StringComparison.Ordinal);

        run = await gateway.RunAsync("history", "--json");
        using var parsed = JsonDocument.Parse(run.Output);
        var items = parsed.RootElement.GetProperty("capabilities").EnumerateArray().ToList();
        Assert.Equal(["owners", "pets", "vets"], items.Select(static item => item.GetProperty("capability").GetString()));
        Assert.Equal("Canary", items[0].GetProperty("history")[0].GetProperty("target").GetString());
        Assert.Equal(503, items[2].GetProperty("problem").GetProperty("status").GetInt32());
    }

    private static string Canary => Transition("Shadow", "Canary", day: 5, epoch: 3, """ "kind":"Canary","by":"ada","origin":"10.0.0.7","percent":25,"lists":null,"reason":"calm\u001b[2J so far" """);

    private static string Transition(string from, string target, int day, long epoch, string order) =>
        $$"""{"from":"{{from}}","target":"{{target}}","at":"2026-03-0{{day}}T05:06:07+00:00","order":{"order":{{{order.Trim()}}},"standing":{"phase":"{{target}}","epoch":{{epoch}},"percent":0,"lists":"Monolith"},"ownedByMonolith":1000,"ownedByGrains":0} }""";
}
