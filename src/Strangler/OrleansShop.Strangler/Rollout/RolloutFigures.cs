namespace OrleansShop.Strangler.Rollout;

/// <summary>The numbers that a rollout decides by: of all gateways together, in the window of the present step, and of the moving. Immutable.</summary>
/// <param name="Gateways">How many gateways have told their figures a moment ago. With none of them nothing is known, so nothing goes on.</param>
/// <param name="GrainRequests">How many requests for entities the grain side has answered.</param>
/// <param name="GrainErrors">How many of them failed.</param>
/// <param name="GrainP99">What 99 of 100 of them took at most; null if there was none.</param>
/// <param name="MonolithRequests">How many the monolith has answered.</param>
/// <param name="MonolithErrors">How many of those failed.</param>
/// <param name="MonolithP99">What 99 of 100 of those took at most; null if there was none.</param>
/// <param name="Compared">In Shadow: how many answers were compared.</param>
/// <param name="Different">How many of them differed.</param>
/// <param name="Lag">How old the oldest change was that one side did not have yet; zero if there was none.</param>
/// <param name="Unmoved">How many entities are not where they should be, in Shadow not copied; an estimate while they move. Null while it is not known.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.RolloutFigures")]
public sealed record RolloutFigures(
    [property: Id(0)] int Gateways,
    [property: Id(1)] long GrainRequests,
    [property: Id(2)] long GrainErrors,
    [property: Id(3)] TimeSpan? GrainP99,
    [property: Id(4)] long MonolithRequests,
    [property: Id(5)] long MonolithErrors,
    [property: Id(6)] TimeSpan? MonolithP99,
    [property: Id(7)] long Compared,
    [property: Id(8)] long Different,
    [property: Id(9)] TimeSpan Lag,
    [property: Id(10)] long? Unmoved);
