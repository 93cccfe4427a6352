namespace OrleansShop.Strangler.Replication;

/// <summary>How far the monolith's rows are behind what the grains have acknowledged. Immutable.</summary>
/// <param name="Entities">How many entities have writes that the monolith's rows lack; counted to 1,000 of each kind.</param>
/// <param name="For">For how long there have been such entities without a break, as far as this activation of the capability's grain has seen; zero when there are none.</param>
/// <param name="LastError">Why one of them could not be applied when it was tried last; null if none was tried, or all could be.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.BehindProgress")]
public sealed record BehindProgress(
    [property: Id(0)] long Entities,
    [property: Id(1)] TimeSpan For,
    [property: Id(2)] string? LastError = null);
