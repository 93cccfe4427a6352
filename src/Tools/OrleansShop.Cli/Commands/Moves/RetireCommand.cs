using System.CommandLine;

namespace OrleansShop.Cli.Commands.Moves;

/// <summary><c>shopctl retire &lt;capability&gt; --confirm &lt;capability&gt;</c>: the monolith's rows are left as they are, for good.</summary>
internal static class RetireCommand
{
    public static Command Create(ConnectionOptions connection, TextWriter output, TextWriter error)
    {
        var confirm = new Option<string>("--confirm")
        {
            Description = "The capability's name once more: there is no way back but a fresh import.",
            HelpName = "NAME",
            Required = true,
        };
        return OrderCommand.Create(
            "retire", "Leaves the monolith behind, for good. Refused by services of this version, which cannot end the writing back.", follow: null, connection, output, error,
            (parsed, order) => order with { Confirmation = parsed.GetValue(confirm) }, confirm);
    }
}
