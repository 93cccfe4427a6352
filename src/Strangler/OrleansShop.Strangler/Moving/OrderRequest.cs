using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;

namespace OrleansShop.Strangler.Moving;

/// <summary>The body of an order.</summary>
/// <param name="Kind">What is to be done. Required.</param>
/// <param name="By">Who asks, in 1 to 200 characters. Required.</param>
/// <param name="Origin">Where the order comes from, in at most 200 characters; null for the address of the connection.</param>
/// <param name="Percent">With Canary: the share that the grains are to own, from 0 to 100.</param>
/// <param name="Lists">With Lists: where lists are to be answered from.</param>
/// <param name="ExpectedEpoch">The epoch that the operator has seen; the order is refused at another one. Null to take whatever there is.</param>
/// <param name="Confirmation">With Retire: the capability's name, typed by the operator.</param>
/// <param name="Reason">Why, for the history, in at most 500 characters; null if it speaks for itself.</param>
public sealed record OrderRequest(
    OrderKind? Kind,
    string? By,
    string? Origin = null,
    int? Percent = null,
    ListSide? Lists = null,
    long? ExpectedEpoch = null,
    string? Confirmation = null,
    string? Reason = null);

/// <summary>Asks for an entity to be moved to where it is to be.</summary>
/// <param name="Kind">The kind of the entity, as the manifest names it.</param>
/// <param name="Id">The id as text, of 1 to 200 characters.</param>
public sealed record PlaceRequest(string? Kind, string? Id);

/// <summary>Who owns an entity.</summary>
public sealed record PlaceAnswer(EntityOwner Owner);
