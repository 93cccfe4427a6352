using System.Text.Json;
using Xunit;
using static OrleansShop.Cli.Tests.Moves.StatusText;

namespace OrleansShop.Cli.Tests.Moves;

public sealed class OrderCommandTests
{
    [Theory]
    [InlineData("shadow", "owners", null, "{}")]
    [InlineData("canary", "owners 25", "25", """{"percent":25}""")]
    [InlineData("promote", "owners --no-wait", null, "{}")]
    [InlineData("lists", "owners grains", null, """{"lists":"Grains"}""")]
    [InlineData("lists", "owners monolith", null, """{"lists":"Monolith"}""")]
    [InlineData("rollback", "owners --no-wait", null, "{}")]
    [InlineData("pause", "owners", null, "{}")]
    [InlineData("resume", "owners", null, "{}")]
    [InlineData("retire", "owners --confirm owners", null, """{"confirmation":"owners"}""")]
    public async Task An_order_is_sent_with_what_it_says_and_the_answer_is_shown(string kind, string rest, string? percent, string says)
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway.On($"POST {Owners}/{kind}", Of("Canary", int.Parse(percent ?? "40", null), epoch: 8));

        var run = await gateway.RunAsync([kind, .. rest.Split(' '), "--by", "ada", "--epoch", "7", "--reason", "it is time"]);

        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        Assert.Equal($"owners: canary {percent ?? "40"} %, lists from the monolith, epoch 8.", run.Output.Trim());
        var (request, _, body) = Assert.Single(gateway.Asked);
        Assert.Equal($"POST {Owners}/{kind}", request);
        using var sent = JsonDocument.Parse(body);
        using var expected = JsonDocument.Parse(says);
        foreach (var name in new[] { "percent", "lists", "confirmation" })
        {
            var value = sent.RootElement.TryGetProperty(name, out var given) && given.ValueKind != JsonValueKind.Null ? given.ToString() : null;
            Assert.Equal(expected.RootElement.TryGetProperty(name, out var wanted) ? wanted.ToString() : null, value);
        }

        Assert.Equal("ada", sent.RootElement.GetProperty("by").GetString());
        Assert.Equal(7, sent.RootElement.GetProperty("expectedEpoch").GetInt64());
        Assert.Equal("it is time", sent.RootElement.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task On_a_terminal_retire_asks_for_the_name_and_sends_what_was_typed()
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway.On($"POST {Owners}/retire", Of("Retired", 0, epoch: 9));
        using var terminal = new StringReader("owners\n");

        var run = await ShopctlRun.OfAsync(["retire", "owners", "--gateway", gateway.Address], terminal);

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("Type the name of the capability", run.Error, StringComparison.Ordinal);
        using var sent = JsonDocument.Parse(Assert.Single(gateway.Asked).Body);
        Assert.Equal("owners", sent.RootElement.GetProperty("confirmation").GetString());
    }

    [Fact]
    public async Task Without_by_and_epoch_the_user_orders_whatever_the_epoch_is()
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway.On($"POST {Owners}/pause", Of("Canary", 40, isPaused: true));

        var run = await gateway.RunAsync("pause", "owners");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("canary 40 %, paused", run.Output, StringComparison.Ordinal);
        Assert.Contains("shopctl resume owners", run.Output, StringComparison.Ordinal);
        using var sent = JsonDocument.Parse(Assert.Single(gateway.Asked).Body);
        Assert.Equal(Environment.UserName, sent.RootElement.GetProperty("by").GetString());
        Assert.Equal(JsonValueKind.Null, sent.RootElement.GetProperty("expectedEpoch").ValueKind);
    }

    [Fact]
    public async Task With_json_the_gateways_answer_is_all_of_the_output()
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway.On($"POST {Owners}/canary", Of("Canary", 5, activity: "Sweeping", total: 50));

        var run = await gateway.RunAsync("canary", "owners", "5", "--json");

        Assert.Equal(Of("Canary", 5, activity: "Sweeping", total: 50), run.Output.TrimEnd());
    }

    [Fact]
    public async Task An_order_whose_sweep_is_not_waited_for_says_that_entities_move_by_themselves()
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway.On($"POST {Owners}/rollback", Of("Canary", 0, activity: "Sweeping", total: 100, isRollingBack: true));

        var run = await gateway.RunAsync("rollback", "owners", "--no-wait");

        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        Assert.Contains("canary 0 %, rolling back", run.Output, StringComparison.Ordinal);
        Assert.Contains("shopctl capabilities owners", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(409, "Conflict", "owners is in the phase Monolith, which does not take the order canary: order shadow first.")]
    [InlineData(409, "Conflict", "owners was changed meanwhile: its epoch is 8, the order was given for 7. Look at it again.")]
    [InlineData(400, "Bad request", "'by' must say who asks, in 1 to 200 characters.")]
    [InlineData(401, "Unauthorized", "The admin API needs the gateway's key.")]
    [InlineData(404, "Not found", "There is no capability 'owners'.")]
    [InlineData(503, "Unavailable", "The service of owners does not answer.")]
    public async Task A_refusal_is_said_on_the_error_stream_and_exits_with_1(int status, string title, string detail)
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway.On($"POST {Owners}/canary", Problem(status, title, detail), status);

        var run = await gateway.RunAsync("canary", "owners", "5", "--wait");
        Assert.Equal((ExitCodes.Refused, "", $"{title} ({status}): {detail}"), (run.ExitCode, run.Output, run.Error.TrimEnd()));

        run = await gateway.RunAsync("canary", "owners", "5", "--json");
        using var problem = JsonDocument.Parse(run.Error);
        Assert.Equal(detail, problem.RootElement.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task The_key_is_sent()
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway.On($"POST {Owners}/pause", Of("Canary"));

        await gateway.RunAsync("pause", "owners", "--key", "sesame");

        Assert.Equal("Bearer sesame", Assert.Single(gateway.Asked).Authorization);
    }

    [Theory]
    [InlineData("this is no json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"capability":"owners","phase":"Canary","epoch":"many"}""")]
    public async Task An_answer_that_no_gateway_gives_exits_with_3(string garbage)
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway.On($"POST {Owners}/pause", garbage);

        var run = await gateway.RunAsync("pause", "owners");

        Assert.Equal((ExitCodes.Unreachable, ""), (run.ExitCode, run.Output));
        Assert.Contains(gateway.Address, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_at_the_address_exits_with_3()
    {
        var run = await ShopctlRun.OfAsync(["promote", "owners", "--gateway", "http://127.0.0.1:1"]);
        Assert.Equal(ExitCodes.Unreachable, run.ExitCode);
        Assert.Contains("http://127.0.0.1:1/", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_terminal_would_obey_is_shown_escaped()
    {
        await using var gateway = await MoveGateway.StartAsync();
        gateway.On($"POST {Owners}/pause", Problem(409, "Conf\\u001b[31mlict", "owners\\u001b]0;gotcha\\u0007 is\\r\\nbusy\u009b2J"), 409);

        var run = await gateway.RunAsync("pause", "owners");
        Assert.Equal("Conf\\u001b[31mlict (409): owners\\u001b]0;gotcha\\u0007 is  busy\\u009b2J", run.Error.TrimEnd());

        run = await gateway.RunAsync("pause", "owners", "--json");
        Assert.DoesNotContain(run.Error.TrimEnd(), char.IsControl);
        using var problem = JsonDocument.Parse(run.Error);
        Assert.Equal("owners\u001b]0;gotcha\u0007 is\r\nbusy\u009b2J", problem.RootElement.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("canary", "owners")]
    [InlineData("canary", "owners", "-1")]
    [InlineData("canary", "owners", "101")]
    [InlineData("canary", "owners", "half")]
    [InlineData("canary", "owners", "5", "--wait", "--no-wait")]
    [InlineData("canary", "owners", "5", "--timeout", "0")]
    [InlineData("lists", "owners")]
    [InlineData("lists", "owners", "moon")]
    [InlineData("retire", "owners")]
    [InlineData("retire", "owners", "--confirm")]
    [InlineData("pause")]
    [InlineData("pause", "owners", "--wait")]
    [InlineData("pause", "owners", "--epoch", "-1")]
    [InlineData("pause", "owners", "--epoch", "soon")]
    [InlineData("verify", "owners", "--by", "ada")]
    [InlineData("history", "a/b")]
    [InlineData("history", "--orders")]
    [InlineData("rollback", "..")]
    [InlineData("rollback", "")]
    [InlineData("rollback", "owners/pets")]
    [InlineData("rollback", "own\u001b[31mers")]
    public async Task A_wrong_command_line_exits_with_2_and_sends_nothing(params string[] args)
    {
        await using var gateway = await MoveGateway.StartAsync();

        var run = await gateway.RunAsync(args);

        Assert.Equal((ExitCodes.Usage, ""), (run.ExitCode, run.Output));
        Assert.NotEmpty(run.Error);
        Assert.DoesNotContain("\u001b", run.Error, StringComparison.Ordinal);
        Assert.Empty(gateway.Asked);
    }
}
