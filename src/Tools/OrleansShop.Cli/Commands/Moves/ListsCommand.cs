using System.CommandLine;

namespace OrleansShop.Cli.Commands.Moves;

/// <summary><c>shopctl lists &lt;capability&gt; grains|monolith</c>: which side answers lists and searches.</summary>
internal static class ListsCommand
{
    public static Command Create(ConnectionOptions connection, TextWriter output, TextWriter error)
    {
        var side = new Argument<string>("side") { Description = "grains or monolith." };
        side.AcceptOnlyFromAmong("grains", "monolith");
        return OrderCommand.Create(
            "lists", "Has lists and searches answered from the grains, once everything has moved, or from the monolith's rows again.",
            follow: null, connection, output, error,
            (parsed, order) => order with { Lists = parsed.GetValue(side) == "grains" ? "Grains" : "Monolith" }, side);
    }
}
