namespace OrleansShop.Engine.Simulation.Workers;

/// <summary>What came of one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Failure">The first promise that was broken; null if none was.</param>
/// <param name="Hash">Of the trace: equal for each run of the seed.</param>
internal sealed record SeedOutcome(int Seed, string? Failure, ulong Hash)
{
    /// <summary>The last lines of the trace, of a seed that has failed.</summary>
    public string[] Trace { get; init; } = [];

    public bool IsPlanned { get; init; }

    /// <summary>How much virtual time it took.</summary>
    public double Seconds { get; init; }

    public long Events { get; init; }

    public long Stretches { get; init; }

    public int Activations { get; init; }

    public int Acknowledged { get; init; }

    public int CallsFailed { get; init; }

    /// <summary>Writes that fences have refused.</summary>
    public int Fenced { get; init; }

    /// <summary>Rows of silos that have crashed, and of silos that have left drained.</summary>
    public int Crashes { get; init; }

    public int Leaves { get; init; }

    /// <summary>How long the grains took to answer after the trouble, in seconds.</summary>
    public double Recovery { get; init; }

    /// <summary>How much processor time it took, in milliseconds.</summary>
    public double ProcessorMs { get; init; }
}
