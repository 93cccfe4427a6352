using System.CommandLine;
using OrleansShop.Cli.Following;

namespace OrleansShop.Cli.Commands.Moves;

/// <summary><c>shopctl shadow &lt;capability&gt;</c>: the monolith answers, the grains have copies.</summary>
internal static class ShadowCommand
{
    public static Command Create(ConnectionOptions connection, TextWriter output, TextWriter error) => OrderCommand.Create(
        "shadow", "Fills the grains with copies that follow the monolith, which goes on answering. The first step; or the way back from canary 0.",
        new FollowOptions(isDefault: false, "every entity is copied"), connection, output, error);
}
