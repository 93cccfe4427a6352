using System.CommandLine;
using OrleansShop.Cli.Following;

namespace OrleansShop.Cli.Commands.Moves;

/// <summary><c>shopctl resume &lt;capability&gt;</c>: sweeps go on.</summary>
internal static class ResumeCommand
{
    public static Command Create(ConnectionOptions connection, TextWriter output, TextWriter error) => OrderCommand.Create(
        "resume", "Has a paused sweep go on.", new FollowOptions(isDefault: false, "every entity is where it is to be"), connection, output, error);
}
