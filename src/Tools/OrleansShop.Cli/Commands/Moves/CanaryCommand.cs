using System.CommandLine;
using OrleansShop.Cli.Following;

namespace OrleansShop.Cli.Commands.Moves;

/// <summary><c>shopctl canary &lt;capability&gt; &lt;percent&gt;</c>: the grains are to own a share of the entities.</summary>
internal static class CanaryCommand
{
    public static Command Create(ConnectionOptions connection, TextWriter output, TextWriter error)
    {
        var percent = new Argument<int>("percent")
        {
            Description = "The share of the entities that the grains are to own, from 0 to 100. A smaller one than now returns entities.",
            CustomParser = WholeNumber.Between("The percentage", 0, 100),
        };
        return OrderCommand.Create(
            "canary", "Has the grains own a share of the entities, and a sweep move them.",
            new FollowOptions(isDefault: false, "every entity is where it is to be"), connection, output, error,
            (parsed, order) => order with { Percent = parsed.GetValue(percent) }, percent);
    }
}
