using System.Globalization;
using OrleansShop.Engine.Simulation.Cluster;

namespace OrleansShop.Engine.Simulation.Workers;

/// <summary>Which seeds to run, and how.</summary>
internal sealed record Arguments(int From, int To)
{
    /// <summary>From one seed to the next, so that several workers share a range.</summary>
    public int Step { get; init; } = 1;

    public Variant Variant { get; init; }

    /// <summary>The file that gets the whole trace; null for none.</summary>
    public string? Trace { get; init; }

    /// <summary>Whether outcomes are printed for programs.</summary>
    public bool IsJson { get; init; }

    /// <summary>Whether the first seed that fails is the last.</summary>
    public bool IsUntilFailure { get; init; }

    /// <summary>With how many silos the requests to the membership table are measured; null to run seeds.</summary>
    public int? Steady { get; init; }

    /// <summary>Whether nobody calls meanwhile.</summary>
    public bool IsIdle { get; init; }

    public static bool TryParse(string[] args, out Arguments arguments, out string fault)
    {
        arguments = new(1, 0);
        fault = "Usage: simulate (--seeds FROM-TO | --seed N | --steady SILOS [--idle]) [--step N] [--trace FILE] [--variant NAME] [--until-failure] [--json]";
        for (var i = 1; i < args.Length; i++)
        {
            if (TakeFlag(arguments, args[i]) is { } flagged)
            {
                arguments = flagged;
                continue;
            }

            if (i + 1 >= args.Length || Take(arguments, args[i], args[++i]) is not { } next)
                return false;
            arguments = next;
        }

        return arguments.From <= arguments.To;
    }

    private static Arguments? TakeFlag(Arguments arguments, string name) => name switch
    {
        "--json" => arguments with { IsJson = true },
        "--idle" => arguments with { IsIdle = true },
        "--until-failure" => arguments with { IsUntilFailure = true },
        _ => null,
    };

    private static Arguments? Take(Arguments arguments, string name, string value) => name switch
    {
        "--seed" when Number(value) is { } seed => arguments with { From = seed, To = seed },
        "--seeds" when value.Split('-') is [var from, var to] && Number(from) is { } first && Number(to) is { } last => arguments with { From = first, To = last },
        "--step" when Number(value) is > 0 and int step => arguments with { Step = step },
        "--steady" when Number(value) is > 0 and <= 200 and var silos => arguments with { Steady = silos, From = 1, To = 1 },
        "--trace" => arguments with { Trace = value },
        "--variant" when Enum.TryParse<Variant>(value, ignoreCase: true, out var variant) => arguments with { Variant = variant },
        _ => null,
    };

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
