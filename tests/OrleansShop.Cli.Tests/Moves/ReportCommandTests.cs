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
        const string Json =
            """
            [{"attempt":1,"from":"Grains","target":"Monolith","startedAt":"2026-03-04T05:06:07+00:00","endedAt":"2026-03-04T05:06:09+00:00","by":"bob","succeeded":false,"detail":"Abandoned.","order":null},
             {"attempt":0,"from":"Shadow","target":"Canary","startedAt":"2026-03-05T05:06:07+00:00","endedAt":"2026-03-05T05:06:07+00:00","by":"ada","succeeded":true,"detail":"calm\u001b[2J so far",
              "order":{"order":{"kind":"Canary","by":"ada","origin":"10.0.0.7","percent":25,"lists":null},"standing":{"phase":"Canary","epoch":3,"percent":25,"lists":"Monolith"},"ownedByMonolith":1000,"ownedByGrains":0}}]
            """;
        gateway.On($"GET {Owners}/history", Json);

        var run = await gateway.RunAsync("history", "owners", "--orders");
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        var lines = run.Output.Split('\n');
        var (order, copy) = (Array.FindIndex(lines, static line => line.Contains("canary 25 %", StringComparison.Ordinal)), Array.FindIndex(lines, static line => line.Contains("copy, failed", StringComparison.Ordinal)));
        Assert.InRange(order, 0, copy - 1);
        foreach (var part in new[] { "shadow → canary", " 3 ", "1,000", "ada (10.0.0.7)", "calm\\u001b[2J so far" }) Assert.Contains(part, lines[order], StringComparison.Ordinal);
        Assert.Equal(Json, (await gateway.RunAsync("history", "owners", "--orders", "--json")).Output.TrimEnd());

        run = await gateway.RunAsync("history", "owners", "--orders", "--limit", "1");
        Assert.DoesNotContain("copy", run.Output, StringComparison.Ordinal);
    }
}
