using System.CommandLine;

namespace OrleansShop.Cli.Commands.Moves;

/// <summary><c>shopctl pause &lt;capability&gt;</c>: sweeps stand still where they are.</summary>
internal static class PauseCommand
{
    public static Command Create(ConnectionOptions connection, TextWriter output, TextWriter error) => OrderCommand.Create(
        "pause", "Has the sweep stand still where it is. Requests still move what they touch.", follow: null, connection, output, error);
}
