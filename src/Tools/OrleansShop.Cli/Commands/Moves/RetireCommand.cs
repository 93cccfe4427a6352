using System.CommandLine;

namespace OrleansShop.Cli.Commands.Moves;

/// <summary><c>shopctl retire &lt;capability&gt;</c>: the monolith's rows are left as they are, for good. Whoever orders it types the capability's name, or gives it by <c>--confirm</c>.</summary>
internal static class RetireCommand
{
    /// <param name="connection">Where the gateway is.</param>
    /// <param name="output">Takes how the capability stands.</param>
    /// <param name="error">Takes the question.</param>
    /// <param name="terminal">Where a person answers; null if nobody is there to be asked.</param>
    public static Command Create(ConnectionOptions connection, TextWriter output, TextWriter error, TextReader? terminal)
    {
        var confirm = new Option<string?>("--confirm")
        {
            Description = "The capability's name once more: there is no way back but a fresh import. Default: asked for, on a terminal.",
            HelpName = "NAME",
        };
        var command = OrderCommand.Create(
            "retire", "Leaves the monolith behind, for good: the grains write to its rows no more, and it makes no new ones.", follow: null, connection, output, error,
            (parsed, order) => order with { Confirmation = parsed.GetValue(confirm) ?? Ask(parsed.GetValue<string>(CapabilityName.ArgumentName)!, error, terminal!) }, confirm);
        command.Validators.Add(result =>
        {
            if (terminal is null && result.GetResult(confirm) is null) result.AddError("Without a terminal to ask on, retire needs --confirm with the capability's name.");
        });
        return command;
    }

    private static string Ask(string capability, TextWriter error, TextReader terminal)
    {
        error.WriteLine(Printable.Line($"The monolith's rows of {capability} are left as they are. There is no way back but a fresh import."));
        error.Write("Type the name of the capability to retire it: ");
        return terminal.ReadLine()?.Trim() ?? "";
    }
}
