using System.CommandLine;
using OrleansShop.Cli.Commands;
using OrleansShop.Cli.Commands.Moves;
using OrleansShop.Cli.Gateway;

namespace OrleansShop.Cli;

/// <summary>The command line: what there is, and what each outcome means to the shell.</summary>
internal static class Shopctl
{
    private const string Description =
        """
        Shows and moves the capabilities behind an OrleansShop gateway, and shows their queues and the events that nobody could take.

        Exit codes: 0 done, 1 refused or failed (nothing has changed), 2 wrong command line, 3 no gateway at the address, 4 still running or paused when waiting ended, 5 done in part:
        a process did not answer, or not all was done, or another order came between, 6 differences were found, 7 a rollout was rolled back, 130 interrupted before the gateway had answered.
        An address where nobody has answered since the gateway started is absent, not missing, if another process of its service answers.
        """;

    /// <summary>Runs one command.</summary>
    /// <param name="args">The arguments of the process.</param>
    /// <param name="output">Takes what was asked for.</param>
    /// <param name="error">Takes what went wrong.</param>
    /// <param name="terminal">Where a person answers questions; null if nobody is there.</param>
    /// <param name="cancellationToken">Gives up waiting; what has begun goes on.</param>
    /// <returns>The exit code, one of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, TextReader? terminal = null, CancellationToken cancellationToken = default)
    {
        var connection = new ConnectionOptions();
        var root = new RootCommand(Description);
        connection.AddTo(root);
        root.Subcommands.Add(CapabilitiesCommand.Create(connection, output));
        root.Subcommands.Add(ShadowCommand.Create(connection, output, error));
        root.Subcommands.Add(CanaryCommand.Create(connection, output, error));
        root.Subcommands.Add(PromoteCommand.Create(connection, output, error));
        root.Subcommands.Add(ListsCommand.Create(connection, output, error));
        root.Subcommands.Add(RollbackCommand.Create(connection, output, error));
        root.Subcommands.Add(PauseCommand.Create(connection, output, error));
        root.Subcommands.Add(ResumeCommand.Create(connection, output, error));
        root.Subcommands.Add(RolloutCommand.Create(connection, output, error));
        root.Subcommands.Add(RetireCommand.Create(connection, output, error, terminal));
        root.Subcommands.Add(VerifyCommand.Create(connection, output, error));
        root.Subcommands.Add(DiffsCommand.Create(connection, output));
        root.Subcommands.Add(HistoryCommand.Create(connection, output));
        root.Subcommands.Add(QueuesCommand.Create(connection, output));
        root.Subcommands.Add(DeadLettersCommand.Create(connection, output));

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var fault in parsed.Errors)
            {
                await error.WriteLineAsync(Printable.Line(fault.Message));
            }

            await error.WriteLineAsync("See 'shopctl --help'.");
            return ExitCodes.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false }, cancellationToken);
        }
        catch (GatewayRefusedException refused)
        {
            await error.WriteLineAsync(parsed.GetValue(connection.Json) ? refused.ProblemJson : Printable.Line($"{refused.Title} ({refused.Status}): {refused.Message}"));
            return ExitCodes.Refused;
        }
        catch (GatewayUnreachableException unreachable)
        {
            await error.WriteLineAsync(Printable.Line(unreachable.Message));
            return ExitCodes.Unreachable;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Interrupted before the gateway had answered. An order that was on its way may have been taken: 'shopctl capabilities' shows it.");
            return ExitCodes.Interrupted;
        }
    }
}
