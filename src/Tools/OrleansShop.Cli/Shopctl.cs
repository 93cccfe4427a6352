using System.CommandLine;
using OrleansShop.Cli.Commands;
using OrleansShop.Cli.Gateway;

namespace OrleansShop.Cli;

/// <summary>The command line: what there is, and what each outcome means to the shell.</summary>
internal static class Shopctl
{
    private const string Description =
        """
        Shows and switches the capabilities behind an OrleansShop gateway, and shows their queues and the events that nobody could take.

        Exit codes: 0 done, 1 refused or failed (nothing has changed), 2 wrong command line, 3 no gateway at the address, 4 still running, 5 done in part: a process did
        not answer, or not all was done. An address where nobody has answered since the gateway started is absent, not missing, if another process of its service answers.
        """;

    /// <summary>Runs one command.</summary>
    /// <param name="args">The arguments of the process.</param>
    /// <param name="output">Takes what was asked for.</param>
    /// <param name="error">Takes what went wrong.</param>
    /// <param name="cancellationToken">Gives up waiting; a switch that has begun goes on.</param>
    /// <returns>The exit code, one of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        var connection = new ConnectionOptions();
        var root = new RootCommand(Description);
        connection.AddTo(root);
        root.Subcommands.Add(StatusCommand.Create(connection, output));
        root.Subcommands.Add(SwitchCommand.Create(connection, output));
        root.Subcommands.Add(HistoryCommand.Create(connection, output));
        root.Subcommands.Add(QueuesCommand.Create(connection, output));
        root.Subcommands.Add(DeadLettersCommand.Create(connection, output));

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var fault in parsed.Errors)
            {
                await error.WriteLineAsync(fault.Message);
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
            await error.WriteLineAsync(parsed.GetValue(connection.Json) ? refused.ProblemJson : $"{refused.Title} ({refused.Status}): {refused.Message}");
            return ExitCodes.Refused;
        }
        catch (GatewayUnreachableException unreachable)
        {
            await error.WriteLineAsync(unreachable.Message);
            return ExitCodes.Unreachable;
        }
    }
}
