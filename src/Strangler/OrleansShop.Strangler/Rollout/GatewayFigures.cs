namespace OrleansShop.Strangler.Rollout;

/// <summary>What a gateway has counted of a capability since it started. It tells its service while a rollout runs; counts that are lost on the way are in the next. Immutable.</summary>
/// <param name="Gateway">Which run of which gateway; a gateway that starts anew takes another name.</param>
/// <param name="Epoch">The epoch of the capability that it goes by.</param>
/// <param name="Monolith">What the monolith has answered.</param>
/// <param name="Grains">What the grain service has answered.</param>
/// <param name="Compared">In Shadow: how many answers of both sides were compared.</param>
/// <param name="Different">How many of them differed.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.GatewayFigures")]
public sealed record GatewayFigures(
    [property: Id(0)] string Gateway,
    [property: Id(1)] long Epoch,
    [property: Id(2)] SideFigures Monolith,
    [property: Id(3)] SideFigures Grains,
    [property: Id(4)] long Compared,
    [property: Id(5)] long Different)
{
    /// <summary>The most characters of <see cref="Gateway"/>.</summary>
    public const int MaxGateway = 64;

    /// <summary>What is wrong with them, or null.</summary>
    internal string? Fault =>
        Gateway is not { Length: >= 1 and <= MaxGateway } ? $"'gateway' must name the gateway in 1 to {MaxGateway} characters."
        : Epoch < 0 ? $"'epoch' is {Epoch}; epochs begin at 0."
        : !Monolith.IsSound || !Grains.IsSound ? $"'monolith' and 'grains' must have counts from 0 on, no more errors than requests, and at most {LatencyBuckets.Count} latencies."
        : Compared < 0 || Different < 0 || Different > Compared ? "'compared' and 'different' must be counts from 0 on, and no more different than compared."
        : null;

    internal bool IsOlderThan(GatewayFigures other) =>
        Monolith.Requests < other.Monolith.Requests || Grains.Requests < other.Grains.Requests || Compared < other.Compared || Epoch < other.Epoch;
}
