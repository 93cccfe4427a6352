using System.CommandLine;
using OrleansShop.Cli.Gateway;

namespace OrleansShop.Cli.Commands;

/// <summary><c>shopctl switch &lt;capability&gt; monolith|grains</c>: switches and waits for the end.</summary>
internal static class SwitchCommand
{
    private const int MaxTimeoutSeconds = 86_400;
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    public static Command Create(ConnectionOptions connection, TextWriter output)
    {
        var capability = new Argument<string>("capability") { Description = "The capability to switch; 'shopctl status' lists them." };
        var to = new Argument<string>("to") { Description = "monolith or grains." };
        to.AcceptOnlyFromAmong("monolith", "grains");
        var timeout = new Option<int>("--timeout")
        {
            Description = "How many seconds to wait for the end. The switch goes on afterwards.",
            HelpName = "SECONDS",
            DefaultValueFactory = static _ => 600,
            CustomParser = WholeNumber.Between("--timeout", 1, MaxTimeoutSeconds),
        };

        var command = new Command("switch", "Moves a capability to the grains, or back to the monolith.") { capability, to, timeout };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var gateway = connection.Connect(parsed);
            var answer = await gateway.SwitchAsync(parsed.GetValue(capability)!, parsed.GetValue(to)!, Environment.UserName, cancellationToken);
            answer = await WaitAsync(gateway, answer, TimeSpan.FromSeconds(parsed.GetValue(timeout)), cancellationToken);
            await output.WriteLineAsync(parsed.GetValue(connection.Json) ? answer.Json : Printable.Line(Describe(answer.Value)));
            return answer.Value.IsRunning ? ExitCodes.StillRunning
                : answer.Value.HasSucceeded ? ExitCodes.Done
                : ExitCodes.Refused;
        });
        return command;
    }

    private static async Task<Answer<SwitchAnswer>> WaitAsync(
        GatewayClient gateway, Answer<SwitchAnswer> answer, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (answer.Value is { IsRunning: true, Id: { } id } && TimeProvider.System.GetElapsedTime(began) < timeout)
        {
            await Task.Delay(PollInterval, TimeProvider.System, cancellationToken);
            answer = await gateway.GetSwitchAsync(id, cancellationToken);
        }

        return answer;
    }

    private static string Describe(SwitchAnswer answer) => answer switch
    {
        { IsRunning: true } => $"Switch {answer.Id} of {answer.Capability} to {answer.To.ToLowerInvariant()} is still running, at step {answer.Step}. Ask again with 'shopctl status'.",
        { Id: null } => answer.Detail,
        { EndedAt: { } ended } => $"Switch {answer.Id} of {answer.Capability} from {answer.From.ToLowerInvariant()} to {answer.To.ToLowerInvariant()}: "
            + $"{answer.Outcome.ToLowerInvariant()} after {(ended - answer.StartedAt).TotalSeconds:0.00} s. {answer.Detail}",
        _ => answer.Detail,
    };
}
