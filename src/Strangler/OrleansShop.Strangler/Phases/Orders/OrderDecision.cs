namespace OrleansShop.Strangler.Phases.Orders;

/// <summary>What becomes of an order: it is accepted, or it changes nothing because the capability stands so already, or it is refused. Immutable.</summary>
/// <param name="Next">How the capability stands afterwards; null unless the order is accepted.</param>
/// <param name="Refusal">Why it is refused and what would be right; null unless it is.</param>
public sealed record OrderDecision(CapabilityStanding? Next, string? Refusal)
{
    /// <summary>The capability stands so already.</summary>
    public static OrderDecision Unchanged { get; } = new(Next: null, Refusal: null);

    /// <summary>The order is accepted.</summary>
    public static OrderDecision Accepted(CapabilityStanding next) => new(next, Refusal: null);

    /// <summary>The order is refused; nothing changes.</summary>
    public static OrderDecision Refused(string why) => new(Next: null, why);
}
