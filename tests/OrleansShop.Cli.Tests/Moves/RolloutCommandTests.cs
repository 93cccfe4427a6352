using System.Text.Json;
using Xunit;
using static OrleansShop.Cli.Tests.Moves.StatusText;

namespace OrleansShop.Cli.Tests.Moves;

public sealed class RolloutCommandTests
{
    private const string Rollout = $"GET {Owners}/rollout";

    [Theory]
    [InlineData("Finished", ExitCodes.Done, "owners: finished, grains, epoch 9, 7 of 7 steps.")]
    [InlineData("RolledBack", ExitCodes.RolledBack, "owners: rolled back, grains, epoch 9, 7 of 7 steps.")]
    [InlineData("Overtaken", ExitCodes.Incomplete, "owners: overtaken")]
    [InlineData("Stopped", ExitCodes.Incomplete, "owners: stopped")]
    public async Task A_rollout_is_started_and_followed_to_its_end_and_the_exit_code_says_which(string outcome, int exitCode, string says)
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway.On($"POST {Owners}/rollout", Of("Running", "Monolith", 0)).On(Rollout, Of("Running", "Canary", 2, now: true)).On(Rollout, Of(outcome, "Grains", 7));

        var run = await gateway.RunAsync("rollout", "owners", "--auto", "--by", "ada", "--epoch", "7", "--reason", "it is time");

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(says, run.Output, StringComparison.Ordinal);
        Assert.Contains("1,240, 3 failed, p99 42.5 ms", run.Output, StringComparison.Ordinal);
        Assert.Contains("owners, canary 25 %: 35 %, It has been looked at for 5 min of 10 min. 2 gateways; grains: 1,240, 3 failed, p99 42.5 ms; monolith: no requests.", run.Error, StringComparison.Ordinal);
        using var sent = JsonDocument.Parse(gateway.Asked.First().Body);
        Assert.Equal(("ada", 7, "it is time"), (sent.RootElement.GetProperty("by").GetString(), sent.RootElement.GetProperty("expectedEpoch").GetInt32(), sent.RootElement.GetProperty("reason").GetString()));
    }

    [Theory]
    [InlineData("Running", ExitCodes.StillRunning)]
    [InlineData("Finished", ExitCodes.Done)]
    [InlineData("RolledBack", ExitCodes.RolledBack)]
    public async Task Without_auto_it_is_shown_and_not_waited_for(string outcome, int exitCode)
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway.On(Rollout, Of(outcome, "Canary", 2, now: true));

        var run = await gateway.RunAsync("rollout", "owners");
        var json = await gateway.RunAsync("rollout", "owners", "--json");

        Assert.Equal((exitCode, exitCode), (run.ExitCode, json.ExitCode));
        Assert.Contains("Now: It has been looked at for 5 min of 10 min.", run.Output, StringComparison.Ordinal);
        Assert.Equal(Of(outcome, "Canary", 2, now: true), json.Output.TrimEnd());
        Assert.Equal(2, gateway.Asked.Count);
    }

    [Fact]
    public async Task A_start_that_is_not_waited_for_and_a_stop_are_done_when_they_are_taken()
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway.On($"POST {Owners}/rollout", Of("Running", "Monolith", 0)).On($"POST {Owners}/rollout/stop", Of("Stopped", "Canary", 2));

        Assert.Equal(ExitCodes.Done, (await gateway.RunAsync("rollout", "owners", "--auto", "--no-wait")).ExitCode);
        Assert.Equal(ExitCodes.Done, (await gateway.RunAsync("rollout", "owners", "--stop")).ExitCode);
        Assert.Equal(ExitCodes.Usage, (await gateway.RunAsync("rollout", "owners", "--stop", "--auto")).ExitCode);
        Assert.Equal([$"POST {Owners}/rollout", $"POST {Owners}/rollout/stop"], gateway.Asked.Select(static asked => asked.Request));
    }

    [Fact]
    public async Task A_paused_rollout_is_not_waited_for()
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway.On(Rollout, Of("Running", "Canary", 2, isPaused: true));

        var run = await gateway.RunAsync("rollout", "owners", "--wait");

        Assert.Equal(ExitCodes.StillRunning, run.ExitCode);
        Assert.Contains("shopctl resume owners", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_shown()
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway.On($"POST {Owners}/rollout", Problem(409, "Conflict", "A rollout of owners is under way."), 409);

        var run = await gateway.RunAsync("rollout", "owners", "--auto");

        Assert.Equal((ExitCodes.Refused, ""), (run.ExitCode, run.Output));
        Assert.Contains("A rollout of owners is under way.", run.Error, StringComparison.Ordinal);
    }

    private static string Of(string outcome, string phase, int steps, bool now = false, bool isPaused = false)
    {
        const string Figures = """{"gateways":2,"grainRequests":1240,"grainErrors":3,"grainP99":"00:00:00.0425000","monolithRequests":0,"monolithErrors":0,"monolithP99":null,"compared":0,"different":0,"lag":"00:00:00","unmoved":0}""";
        var decision = $$"""{"at":"2026-03-04T05:06:07+00:00","kind":"Wait","reason":"It has been looked at for 5 min of 10 min.","phase":"Canary","percent":25,"epoch":9,"observed":"00:05:00","figures":{{Figures}}}""";
        return $$"""
            {"capability":"owners","outcome":"{{outcome}}","detail":null,"by":"ada","origin":"10.0.0.1","reason":null,"startedAt":"2026-03-04T05:06:07+00:00","endedAt":null,"phase":"{{phase}}","percent":25,"lists":"Monolith",
             "epoch":9,"isPaused":{{(isPaused ? "true" : "false")}},"steps":[5,25,100],"bakeTime":"00:10:00","stepsDone":{{steps}},"stepsTotal":7,"now":{{(now ? decision : "null")}},"decisions":[{{decision}}]}
            """;
    }
}
