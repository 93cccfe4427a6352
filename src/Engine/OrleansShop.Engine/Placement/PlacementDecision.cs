using OrleansShop.Engine.Placement.Protocol;

namespace OrleansShop.Engine.Placement;

/// <summary>What an owner does with a call whose grain has no activation here.</summary>
/// <param name="Kind">What.</param>
/// <param name="Redirect">The redirect, where there is one.</param>
/// <param name="View">The view in which a placement began.</param>
/// <param name="Refusal">Why the grain can be placed nowhere.</param>
internal readonly record struct PlacementDecision(PlacementDecisionKind Kind, Redirect? Redirect = null, long View = 0, Exception? Refusal = null)
{
    public static PlacementDecision Here => default;

    public static PlacementDecision Wait => new(PlacementDecisionKind.Wait);

    public static PlacementDecision Refuse(Exception refusal) => new(PlacementDecisionKind.Refuse, Refusal: refusal);
}

/// <summary>See <see cref="PlacementDecision"/>.</summary>
internal enum PlacementDecisionKind : byte
{
    /// <summary>The owner runs the grain.</summary>
    Here,

    /// <summary>The call goes to the host.</summary>
    There,

    /// <summary>The call waits for a placement that is under way.</summary>
    Wait,

    /// <summary>A placement has begun: the host is asked, and the call waits.</summary>
    Place,

    /// <summary>A director chooses the host, and the call waits.</summary>
    Choose,

    /// <summary>No silo can run it: the caller is told.</summary>
    Refuse,
}
