using OrleansShop.Engine.Simulation.Cluster;

namespace OrleansShop.Engine.Simulation.Workers;

/// <summary>What to do about a seed that has failed.</summary>
internal static class Replay
{
    private const int Lines = 60;

    /// <summary>What was broken, the command that replays it, and the end of its trace.</summary>
    public static string Of(SeedOutcome outcome, Variant variant = Variant.None) => $"""
        Seed {outcome.Seed} has failed: {outcome.Failure}
        To replay it with the whole trace, from the root of the repository:
          dotnet run --project tests/OrleansShop.Engine.Simulation -- simulate --seed {outcome.Seed} --trace trace.txt{(variant == Variant.None ? "" : $" --variant {variant}")}
        The end of its trace:
        {string.Join(Environment.NewLine, outcome.Trace.TakeLast(Lines))}
        """;
}
