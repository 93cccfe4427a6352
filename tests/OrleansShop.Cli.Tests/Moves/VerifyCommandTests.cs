using Xunit;
using static OrleansShop.Cli.Tests.Moves.StatusText;

namespace OrleansShop.Cli.Tests.Moves;

public sealed class VerifyCommandTests
{
    private const string Begin = $"POST {Owners}/verify";
    private const string Look = $"GET {Owners}/verify";

    [Fact]
    public async Task A_comparison_is_begun_and_followed_to_its_end()
    {
        await using var gateway = await StartAsync();
        gateway.On(Begin, Report(isRunning: true, compared: 0)).On(Look, Report(isRunning: true, compared: 250)).On(Look, Report(isRunning: false, compared: 1000));

        var run = await gateway.RunAsync("verify", "owners");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Equal("owners: 1,000 entities compared, 100 of them owned by grains, 0 differ; 500 per second; complete.", run.Output.Trim());
        Assert.Contains("owners, comparing: 25 %, 250 of 1,000 compared, 0 differ, 500 per second", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Differences_are_listed_and_exit_with_6()
    {
        await using var gateway = await StartAsync();
        gateway.On(Begin, Report(isRunning: true, compared: 0))
            .On(Look, Report(isRunning: false, compared: 1000, differences: 2, first: """{"kind":"owner","id":"17","what":"telephone, \u001b[31mcity"}"""));

        var run = await gateway.RunAsync("verify", "owners");

        Assert.Equal(ExitCodes.Differences, run.ExitCode);
        Assert.Contains("17", Assert.Single(run.Output.Split('\n'), static line => line.Contains("telephone, \\u001b[31mcity", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("the first 1.", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Differences, (await gateway.RunAsync("verify", "owners", "--last", "--json")).ExitCode);
    }

    [Fact]
    public async Task The_last_comparison_is_shown_without_beginning_one()
    {
        await using var gateway = await StartAsync();
        gateway.On(Look, Report(isRunning: false, compared: 1000));

        var run = await gateway.RunAsync("verify", "owners", "--last");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Equal(0, gateway.CountOf(Begin));
    }

    [Fact]
    public async Task Not_waited_for_it_is_begun_and_looked_at_later()
    {
        await using var gateway = await StartAsync();
        gateway.On(Begin, Report(isRunning: true, compared: 0)).On(Look, Report(isRunning: true, compared: 10));

        Assert.Equal(ExitCodes.Done, (await gateway.RunAsync("verify", "owners", "--no-wait")).ExitCode);
        var run = await gateway.RunAsync("verify", "owners", "--last", "--no-wait");
        Assert.Equal(ExitCodes.StillRunning, run.ExitCode);
        Assert.Contains("still running", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"The bridge does not answer.\"", ExitCodes.Refused, "The bridge does not answer.")]
    [InlineData("null", ExitCodes.Incomplete, "ended early")]
    public async Task A_comparison_that_ended_early_is_no_success(string fault, int exitCode, string says)
    {
        await using var gateway = await StartAsync();
        gateway.On(Begin, Report(isRunning: true, compared: 0)).On(Look, Report(isRunning: false, compared: 10, isComplete: false, fault: fault));

        var run = await gateway.RunAsync("verify", "owners");

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(says, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_to_wait_leaves_the_comparison_running()
    {
        await using var gateway = await StartAsync();
        gateway.On(Begin, Report(isRunning: true, compared: 0)).On(Look, Report(isRunning: true, compared: 10));
        using var stop = new CancellationTokenSource();

        var running = gateway.RunAsync(["verify", "owners"], stop.Token);
        await Eventually.Holds(() => gateway.CountOf(Look) > 0, "it waits");
        await stop.CancelAsync();
        var run = await running;

        Assert.Equal(ExitCodes.StillRunning, run.ExitCode);
        Assert.Contains("'shopctl verify owners --last' shows it", run.Error, StringComparison.Ordinal);
    }

    private static async Task<MoveGateway> StartAsync() => (await MoveGateway.StartAsync()).On($"GET {Owners}", Of("Canary", 10));

    private static string Report(bool isRunning, long compared, long differences = 0, string first = "", bool isComplete = true, string fault = "null") =>
        $$"""
        {"isRunning":{{(isRunning ? "true" : "false")}},"startedAt":"2026-03-04T05:06:07+00:00","endedAt":null,"isComplete":{{(isComplete && !isRunning ? "true" : "false")}},"compared":{{compared}},
         "ownedByGrains":100,"perSecond":500,"differences":{{differences}},"firstDifferences":[{{first}}],"fault":{{fault}} }
        """;
}
