namespace Orleans.Runtime;

/// <summary>One activation.</summary>
[GenerateSerializer]
[Immutable]
public sealed class DetailedGrainStatistic
{
    /// <summary>The full name of the grain class.</summary>
    [Id(0)]
    public string GrainType { get; init; } = "";

    /// <summary>The silo.</summary>
    [Id(1)]
    public SiloAddress SiloAddress { get; init; } = null!;

    /// <summary>The grain.</summary>
    [Id(2)]
    public GrainId GrainId { get; init; }
}
