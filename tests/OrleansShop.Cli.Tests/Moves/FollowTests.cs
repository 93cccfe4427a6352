using Xunit;
using static OrleansShop.Cli.Tests.Moves.StatusText;

namespace OrleansShop.Cli.Tests.Moves;

/// <summary>Commands that wait for the sweep that they have begun.</summary>
public sealed class FollowTests
{
    private const string Status = $"GET {Owners}";

    [Fact]
    public async Task A_rollback_is_followed_until_the_monolith_owns_everything()
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway
            .On($"POST {Owners}/rollback", Of("Canary", epoch: 8, isAnnounced: false, activity: "Announcing", isRollingBack: true))
            .On(Status, Of("Canary", epoch: 8, activity: "Sweeping", moved: 40, total: 100, isRollingBack: true))
            .On(Status, Of("Canary", epoch: 8, activity: "Settled", moved: 100, total: 100, isRollingBack: true))
            .On(Status, Of("Monolith", epoch: 9));

        var run = await gateway.RunAsync("rollback", "owners");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Equal("owners: monolith, lists from the monolith, epoch 9.", run.Output.Trim());
        Assert.Equal(3, gateway.CountOf(Status));
        var lines = run.Error.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("owners, canary 0 %, rolling back: the ledger does not know the order yet", lines[0]);
        Assert.Equal("owners, canary 0 %, rolling back: 40 %, 40 of 100 moved, 50 per second, 1.2 s left", lines[1]);
        Assert.Equal("owners, canary 0 %, rolling back: 100 %, 100 of 100 moved, 50 per second", lines[2]);
    }

    [Fact]
    public async Task A_promotion_is_followed_by_default_and_its_json_is_the_last_status()
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway
            .On($"POST {Owners}/promote", Of("Grains", activity: "Sweeping", total: 100))
            .On(Status, Of("Grains", activity: "Settled", moved: 100, total: 100));

        var run = await gateway.RunAsync("promote", "owners", "--json");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Equal(Of("Grains", activity: "Settled", moved: 100, total: 100), run.Output.TrimEnd());
    }

    [Fact]
    public async Task Shadow_is_over_when_every_entity_is_copied()
    {
        await using var gateway = await MoveGateway.StartAsync();
        const string Filling = ""","shadow":{"isFilled":false,"copied":500,"changesWaiting":3,"lag":"00:00:01.5"}""";
        const string Filled = ""","shadow":{"isFilled":true,"copied":1000,"changesWaiting":0,"lag":"00:00:00"}""";
        gateway.On($"POST {Owners}/shadow", Of("Shadow", more: Filling)).On(Status, Of("Shadow", more: Filled));

        var run = await gateway.RunAsync("shadow", "owners", "--wait");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("50 %, 500 of 1,000 copied, 50 per second, 3 changes waiting, the oldest for 1.5 s", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_that_outlasts_the_timeout_goes_on_and_the_exit_code_says_so()
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway.On($"POST {Owners}/canary", Of("Canary", 5, activity: "Sweeping", total: 50)).On(Status, Of("Canary", 5, activity: "Sweeping", moved: 1, total: 50));

        var run = await gateway.RunAsync("canary", "owners", "5", "--wait", "--timeout", "2");

        Assert.Equal(ExitCodes.StillRunning, run.ExitCode);
        Assert.Contains("The sweep of owners goes on by itself; 'shopctl capabilities owners' shows it.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_to_wait_leaves_the_sweep_running_and_says_so()
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway.On($"POST {Owners}/promote", Of("Grains", activity: "Sweeping", total: 100)).On(Status, Of("Grains", activity: "Sweeping", moved: 7, total: 100));
        using var stop = new CancellationTokenSource();

        var running = gateway.RunAsync(["promote", "owners"], stop.Token);
        await Eventually.Holds(() => gateway.CountOf(Status) > 0, "it waits");
        await stop.CancelAsync();
        var run = await running;

        Assert.Equal(ExitCodes.StillRunning, run.ExitCode);
        Assert.Contains("The sweep of owners goes on by itself; 'shopctl capabilities owners' shows it.", run.Error, StringComparison.Ordinal);
        Assert.All(gateway.Asked.Skip(1), static asked => Assert.Equal(Status, asked.Request));
    }

    [Fact]
    public async Task A_paused_sweep_is_not_waited_for()
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway.On($"POST {Owners}/canary", Of("Canary", 5, activity: "Paused", isPaused: true, total: 50));

        var run = await gateway.RunAsync("canary", "owners", "5", "--wait");

        Assert.Equal(ExitCodes.StillRunning, run.ExitCode);
        Assert.Contains("shopctl resume owners", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Canary", 9)]
    [InlineData("Grains", 9)]
    [InlineData("Shadow", 10)]
    public async Task Another_order_that_comes_between_ends_the_waiting(string phase, long epoch)
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway.On($"POST {Owners}/rollback", Of("Canary", epoch: 8, isRollingBack: true)).On(Status, Of(phase, 30, epoch, by: "eve"));

        var run = await gateway.RunAsync("rollback", "owners");

        Assert.Equal(ExitCodes.Incomplete, run.ExitCode);
        Assert.Contains("another order was given meanwhile", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_is_away_for_a_while_is_asked_again()
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway
            .On($"POST {Owners}/promote", Of("Grains", activity: "Sweeping", total: 100))
            .On(Status, Problem(503, "Unavailable", "The service of owners does not answer."), 503)
            .On(Status, "half an ans")
            .On(Status, Of("Grains", moved: 100, total: 100));

        var run = await gateway.RunAsync("promote", "owners");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Equal(3, gateway.CountOf(Status));
    }

    [Fact]
    public async Task A_gateway_that_stays_away_exits_with_3_and_the_order_stands()
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway.On($"POST {Owners}/promote", Of("Grains", activity: "Sweeping", total: 100)).On(Status, Of("Grains", activity: "Sweeping", moved: 7, total: 100));

        var running = gateway.RunAsync("promote", "owners", "--timeout", "5");
        await Eventually.Holds(() => gateway.CountOf(Status) > 0, "it waits");
        await gateway.StopAsync();
        var run = await running;

        Assert.Equal(ExitCodes.Unreachable, run.ExitCode);
        Assert.Contains("What was ordered stands", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_not_taken_any_more_ends_the_waiting()
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway.On($"POST {Owners}/promote", Of("Grains", activity: "Sweeping", total: 100)).On(Status, Problem(401, "Unauthorized", "The admin API needs the gateway's key."), 401);

        var run = await gateway.RunAsync("promote", "owners");

        Assert.Equal(ExitCodes.Refused, run.ExitCode);
        Assert.Contains("key", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupted_before_the_answer_it_exits_with_130_and_says_that_the_order_may_have_been_taken()
    {
        await using var gateway = await MoveGateway.StartAsync();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        var run = await gateway.RunAsync(["promote", "owners"], stop.Token);

        Assert.Equal(ExitCodes.Interrupted, run.ExitCode);
        Assert.Contains("may have been taken", run.Error, StringComparison.Ordinal);
    }
}
