using System.Text.Json.Serialization;

namespace OrleansShop.Strangler.Phases.Orders;

/// <summary>What an operator asks of a capability. Immutable.</summary>
/// <param name="Kind">What is to be done.</param>
/// <param name="By">Who asks, in the caller's own words.</param>
/// <param name="Origin">Where the order comes from: a network address, or the name of what gives orders by itself.</param>
/// <param name="Percent">With <see cref="OrderKind.Canary"/>: the share that the grains are to own, from 0 to 100.</param>
/// <param name="Lists">With <see cref="OrderKind.Lists"/>: where lists are to be answered from.</param>
/// <param name="ExpectedEpoch">The epoch that the operator has seen; an order for another one is refused. Null to take whatever there is.</param>
/// <param name="Confirmation">With <see cref="OrderKind.Retire"/>: the capability's name, typed by the operator.</param>
/// <param name="Reason">Why, for the history; null if it speaks for itself.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.CapabilityOrder")]
public sealed record CapabilityOrder(
    [property: Id(0)] OrderKind Kind,
    [property: Id(1)] string By,
    [property: Id(2)] string Origin,
    [property: Id(3)] int? Percent = null,
    [property: Id(4)] ListSide? Lists = null,
    [property: Id(5)] long? ExpectedEpoch = null,
    [property: Id(6)] string? Confirmation = null,
    [property: Id(7)] string? Reason = null);

/// <summary>The orders there are. The numbers are stored and never given a new meaning.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OrderKind>))]
public enum OrderKind
{
    /// <summary>Monolith → Shadow, or Canary → Shadow when the grains own nothing.</summary>
    Shadow = 0,

    /// <summary>Shadow or Grains → Canary, or another share of Canary.</summary>
    Canary = 1,

    /// <summary>Canary → Grains.</summary>
    Promote = 2,

    /// <summary>Lists from the grains, or from the monolith again.</summary>
    Lists = 3,

    /// <summary>Back to the monolith: at once from Shadow, else by way of Canary 0 % and a sweep.</summary>
    Rollback = 4,

    /// <summary>Sweeps stand still where they are.</summary>
    Pause = 5,

    /// <summary>Sweeps go on.</summary>
    Resume = 6,

    /// <summary>Grains → Retired, for good.</summary>
    Retire = 7,

    /// <summary>No order, but what the history calls the begin and the end of a rollout; the reason says which.</summary>
    Rollout = 8,
}
