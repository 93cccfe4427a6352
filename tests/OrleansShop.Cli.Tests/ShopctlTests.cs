using System.Text.Json;
using OrleansShop.Gateway.Tests.Fixtures;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;
using Xunit;

namespace OrleansShop.Cli.Tests;

public sealed class ShopctlTests
{
    [Fact]
    public async Task Capabilities_shows_a_line_for_each_of_a_real_gateway()
    {
        await using var clinic = await Clinic.StartAsync();
        await clinic.ToGrainsAsync("vets");

        var (exitCode, output, _) = await RunAsync(clinic, "capabilities");

        Assert.Equal(ExitCodes.Done, exitCode);
        var lines = output.Split('\n');
        Assert.Contains("grains", Assert.Single(lines, static line => line.Contains("vets", StringComparison.Ordinal)), StringComparison.Ordinal);
        foreach (var name in new[] { "owners", "pets", "visits" })
        {
            Assert.Matches("monolith.*1 of 1 ready", Assert.Single(lines, line => line.Contains(name, StringComparison.Ordinal)));
        }

        Assert.Contains("Monolith: 1 of 1 ready", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_reaches_the_service_with_who_gave_it()
    {
        await using var clinic = await Clinic.StartAsync();
        clinic.Services["pets"].Order = _ =>
        {
            clinic.Services["pets"].MoveTo(CapabilityPhase.Shadow);
            return null;
        };

        var (exitCode, output, _) = await RunAsync(clinic, "shadow", "pets", "--by", "ada");

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Contains("pets: shadow", output, StringComparison.Ordinal);
        var order = Assert.Single(clinic.Services["pets"].Orders);
        Assert.Equal((OrderKind.Shadow, "ada", "127.0.0.1"), (order.Kind, order.By, order.Origin));
    }

    [Fact]
    public async Task An_unknown_capability_is_refused_with_the_names_that_there_are()
    {
        await using var clinic = await Clinic.StartAsync();
        var (exitCode, _, error) = await RunAsync(clinic, "shadow", "dragons");
        Assert.Equal(ExitCodes.Refused, exitCode);
        Assert.Contains("owners, pets, vets, visits", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_with_json_is_the_problem()
    {
        await using var clinic = await Clinic.StartAsync();
        var (_, _, error) = await RunAsync(clinic, "shadow", "dragons", "--json");
        using var problem = JsonDocument.Parse(error);
        Assert.Equal(404, problem.RootElement.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task The_key_is_sent_and_a_wrong_one_is_refused()
    {
        await using var clinic = await Clinic.StartAsync(new() { ["Gateway:AdminKey"] = "sesame" });
        var (right, _, _) = await RunAsync(clinic, "capabilities", "--key", "sesame");
        var (wrong, _, error) = await RunAsync(clinic, "capabilities", "--key", "open");
        Assert.Equal(ExitCodes.Done, right);
        Assert.Equal(ExitCodes.Refused, wrong);
        Assert.Contains("key", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData()]
    [InlineData("lists", "pets", "moon")]
    [InlineData("canary", "pets")]
    [InlineData("capabilities", "--gateway", "nonsense")]
    [InlineData("capabilities", "--loud")]
    [InlineData("history", "--limit", "0")]
    [InlineData("promote", "pets", "--timeout", "soon")]
    public async Task A_wrong_command_line_exits_with_2_and_says_what_is_wrong(params string[] args)
    {
        var (exitCode, _, error) = await RunAsync(args);
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.NotEmpty(error);
    }

    [Fact]
    public async Task No_gateway_at_the_address_exits_with_3()
    {
        var (exitCode, _, error) = await RunAsync("capabilities", "--gateway", "http://127.0.0.1:1");
        Assert.Equal(ExitCodes.Unreachable, exitCode);
        Assert.Contains("http://127.0.0.1:1/", error, StringComparison.Ordinal);
        Assert.Contains("--gateway", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_that_is_no_gateway_exits_with_3()
    {
        await using var stranger = await StubBackend.StartAsync("stranger");
        var (exitCode, _, _) = await RunAsync("capabilities", "--gateway", stranger.Address);
        Assert.Equal(ExitCodes.Unreachable, exitCode);
    }

    [Fact]
    public async Task Help_lists_the_commands_and_the_exit_codes()
    {
        var (exitCode, output, _) = await RunAsync("--help");
        Assert.Equal(ExitCodes.Done, exitCode);
        foreach (var word in new[] { "capabilities", "shadow", "canary", "promote", "lists", "rollback", "history", "--gateway", "--json", "Exit codes" })
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
