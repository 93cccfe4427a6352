using System.CommandLine;
using OrleansShop.Cli.Following;

namespace OrleansShop.Cli.Commands.Moves;

/// <summary><c>shopctl rollback &lt;capability&gt;</c>: everything back to the monolith.</summary>
internal static class RollbackCommand
{
    public static Command Create(ConnectionOptions connection, TextWriter output, TextWriter error) => OrderCommand.Create(
        "rollback", "Returns every entity to the monolith, lists first.",
        new FollowOptions(isDefault: true, "the monolith owns everything again"), connection, output, error);
}
