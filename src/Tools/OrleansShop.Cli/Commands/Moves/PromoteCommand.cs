using System.CommandLine;
using OrleansShop.Cli.Following;

namespace OrleansShop.Cli.Commands.Moves;

/// <summary><c>shopctl promote &lt;capability&gt;</c>: the grains are to own everything.</summary>
internal static class PromoteCommand
{
    public static Command Create(ConnectionOptions connection, TextWriter output, TextWriter error) => OrderCommand.Create(
        "promote", "Has the grains own every entity. Lists come from the monolith's rows until 'shopctl lists'.",
        new FollowOptions(isDefault: true, "every entity is moved"), connection, output, error);
}
