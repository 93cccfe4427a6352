using System.Text.Json;
using OrleansShop.Gateway.Tests.Fixtures;
using OrleansShop.Strangler.Phases;
using Xunit;

namespace OrleansShop.Cli.Tests;

public sealed class ShopctlTests
{
    [Fact]
    public async Task Status_shows_a_line_per_capability()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.SwitchAsync("vets", "grains");

        var (exitCode, output, _) = await RunAsync(clinic, "status");

        Assert.Equal(ExitCodes.Done, exitCode);
        var lines = output.Split('\n');
        Assert.Contains("grains", Assert.Single(lines, static line => line.Contains("vets", StringComparison.Ordinal)), StringComparison.Ordinal);
        foreach (var name in new[] { "owners", "pets", "visits" })
        {
            Assert.Contains("monolith", Assert.Single(lines, line => line.Contains(name, StringComparison.Ordinal)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Status_with_json_prints_the_gateways_answer()
    {
        await using var clinic = await Clinic.StartAsync();
        var (exitCode, output, _) = await RunAsync(clinic, "status", "--json");

        Assert.Equal(ExitCodes.Done, exitCode);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(Clinic.Capabilities, json.RootElement.GetProperty("capabilities").EnumerateArray().Select(static item => item.GetProperty("name").GetString()!));
    }

    [Fact]
    public async Task Switch_moves_a_capability_there_and_back()
    {
        await using var clinic = await Clinic.StartAsync();

        var (exitCode, output, _) = await RunAsync(clinic, "switch", "pets", "grains");
        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Contains("succeeded", output, StringComparison.Ordinal);
        Assert.Equal(CapabilityPhase.Grains, clinic.Services["pets"].Phase);

        (exitCode, _, _) = await RunAsync(clinic, "switch", "pets", "monolith");
        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Equal(CapabilityPhase.Monolith, clinic.Services["pets"].Phase);
    }

    [Fact]
    public async Task Switching_to_where_it_is_already_is_done()
    {
        await using var clinic = await Clinic.StartAsync();
        var (exitCode, output, _) = await RunAsync(clinic, "switch", "pets", "monolith", "--json");

        Assert.Equal(ExitCodes.Done, exitCode);
        using var json = JsonDocument.Parse(output);
        Assert.Equal("Unchanged", json.RootElement.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_switch_that_outlasts_the_gateways_patience_is_waited_for()
    {
        await using var clinic = await Clinic.StartAsync(new() { ["Gateway:Switching:AnswerTimeout"] = "00:00:00" });
        clinic.Services["owners"].DuringCopy = static _ => Task.Delay(300);

        var (exitCode, output, _) = await RunAsync(clinic, "switch", "owners", "grains");

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Contains("succeeded", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_switch_that_outlasts_the_callers_patience_goes_on()
    {
        await using var clinic = await Clinic.StartAsync(new() { ["Gateway:Switching:AnswerTimeout"] = "00:00:00" });
        var copied = new TaskCompletionSource();
        clinic.Services["owners"].DuringCopy = _ => copied.Task;

        var (exitCode, output, _) = await RunAsync(clinic, "switch", "owners", "grains", "--timeout", "1");
        Assert.Equal(ExitCodes.StillRunning, exitCode);
        Assert.Contains("still running", output, StringComparison.Ordinal);

        copied.SetResult();
        await Eventually.Holds(async () => await clinic.Gateway.PhaseAsync("owners") == "Grains", "the switch ends by itself");
    }

    [Fact]
    public async Task A_failed_switch_says_why_and_exits_with_1()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.Services["owners"].DisposeAsync();

        var (exitCode, _, error) = await RunAsync(clinic, "switch", "owners", "grains");

        Assert.Equal(ExitCodes.Refused, exitCode);
        Assert.Contains("owners stays at Monolith", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_capability_is_refused_with_the_names_that_there_are()
    {
        await using var clinic = await Clinic.StartAsync();
        var (exitCode, _, error) = await RunAsync(clinic, "switch", "dragons", "grains");
        Assert.Equal(ExitCodes.Refused, exitCode);
        Assert.Contains("owners, pets, vets, visits", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_with_json_is_the_problem()
    {
        await using var clinic = await Clinic.StartAsync();
        var (_, _, error) = await RunAsync(clinic, "switch", "dragons", "grains", "--json");
        using var problem = JsonDocument.Parse(error);
        Assert.Equal(404, problem.RootElement.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task History_lists_the_newest_switch_first()
    {
        await using var clinic = await Clinic.StartAsync();
        await RunAsync(clinic, "switch", "vets", "grains");
        await RunAsync(clinic, "switch", "pets", "grains");

        var (exitCode, output, _) = await RunAsync(clinic, "history");
        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.True(output.IndexOf("pets", StringComparison.Ordinal) < output.IndexOf("vets", StringComparison.Ordinal), output);
        Assert.Contains(Environment.UserName, output, StringComparison.Ordinal);

        (_, output, _) = await RunAsync(clinic, "history", "vets", "--json");
        using var json = JsonDocument.Parse(output);
        Assert.Equal("vets", Assert.Single(json.RootElement.GetProperty("switches").EnumerateArray()).GetProperty("capability").GetString());
    }

    [Fact]
    public async Task The_key_is_sent_and_a_wrong_one_is_refused()
    {
        await using var clinic = await Clinic.StartAsync(new() { ["Gateway:AdminKey"] = "sesame" });
        var (right, _, _) = await RunAsync(clinic, "status", "--key", "sesame");
        var (wrong, _, error) = await RunAsync(clinic, "status", "--key", "open");
        Assert.Equal(ExitCodes.Done, right);
        Assert.Equal(ExitCodes.Refused, wrong);
        Assert.Contains("key", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData()]
    [InlineData("switch", "pets", "moon")]
    [InlineData("switch", "pets")]
    [InlineData("status", "--gateway", "nonsense")]
    [InlineData("status", "--loud")]
    [InlineData("history", "--limit", "0")]
    [InlineData("switch", "pets", "grains", "--timeout", "soon")]
    public async Task A_wrong_command_line_exits_with_2_and_says_what_is_wrong(params string[] args)
    {
        var (exitCode, _, error) = await RunAsync(args);
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.NotEmpty(error);
    }

    [Fact]
    public async Task No_gateway_at_the_address_exits_with_3()
    {
        var (exitCode, _, error) = await RunAsync("status", "--gateway", "http://127.0.0.1:1");
        Assert.Equal(ExitCodes.Unreachable, exitCode);
        Assert.Contains("http://127.0.0.1:1/", error, StringComparison.Ordinal);
        Assert.Contains("--gateway", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_that_is_no_gateway_exits_with_3()
    {
        await using var stranger = await StubBackend.StartAsync("stranger");
        var (exitCode, _, _) = await RunAsync("status", "--gateway", stranger.Address);
        Assert.Equal(ExitCodes.Unreachable, exitCode);
    }

    [Fact]
    public async Task Help_lists_the_commands_and_the_exit_codes()
    {
        var (exitCode, output, _) = await RunAsync("--help");
        Assert.Equal(ExitCodes.Done, exitCode);
        foreach (var word in new[] { "status", "switch", "history", "--gateway", "--json", "Exit codes" })
        {
            Assert.Contains(word, output, StringComparison.Ordinal);
        }
    }

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(Clinic clinic, params string[] args) =>
        RunAsync([.. args, "--gateway", clinic.Gateway.Address.ToString()]);

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await Shopctl.RunAsync(args, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
