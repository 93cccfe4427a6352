namespace OrleansShop.Benchmarks.Running;

/// <summary>One question about speed. Each round answers it afresh; the figure that counts is the median of the rounds.</summary>
internal interface IBenchmark
{
    /// <summary>The name on the command line, in lower case with hyphens.</summary>
    string Name { get; }

    /// <summary>What is measured, in one line.</summary>
    string Question { get; }

    /// <summary>Measures once.</summary>
    Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken);
}

/// <summary>How one round is run.</summary>
/// <param name="Duration">How long to measure where the measure is a rate.</param>
internal sealed record RoundOptions(TimeSpan Duration)
{
    /// <summary>How many entities are moved, where entities are moved. Default 100,000.</summary>
    public int Owners { get; init; } = 100_000;

    /// <summary>The rate of the steady load, where there is one. Default 200.</summary>
    public int RequestsPerSecond { get; init; } = 200;

    /// <summary>How long to run before measuring, so that hot code is compiled.</summary>
    public TimeSpan WarmUp => Duration / 2;
}

/// <summary>One figure of one round.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">How much.</param>
/// <param name="Unit">Of what: calls/s, µs, B, ns, ms, ratio.</param>
internal sealed record Measurement(string Name, double Value, string Unit);
