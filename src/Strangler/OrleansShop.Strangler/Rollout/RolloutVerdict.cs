using System.Text.Json.Serialization;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;

namespace OrleansShop.Strangler.Rollout;

/// <summary>What a rollout is to do now. Immutable.</summary>
/// <param name="Kind">What.</param>
/// <param name="Reason">Why, with the numbers.</param>
/// <param name="Order">The order to give, with <see cref="RolloutVerdictKind.GoOn"/> and <see cref="RolloutVerdictKind.RollBack"/>; else null.</param>
public sealed record RolloutVerdict(RolloutVerdictKind Kind, string Reason, RolloutStep? Order = null);

/// <summary>An order that a rollout gives.</summary>
/// <param name="Kind">What is to be done.</param>
/// <param name="Percent">With Canary, the share.</param>
/// <param name="Lists">With Lists, the side.</param>
public sealed record RolloutStep(OrderKind Kind, int? Percent = null, ListSide? Lists = null);

/// <summary>What a rollout can do. The numbers are stored and never given a new meaning.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RolloutVerdictKind>))]
public enum RolloutVerdictKind
{
    /// <summary>Nothing yet.</summary>
    Wait = 0,

    /// <summary>The next step.</summary>
    GoOn = 1,

    /// <summary>Everything back to the monolith.</summary>
    RollBack = 2,

    /// <summary>There is no further step.</summary>
    Finished = 3,
}
