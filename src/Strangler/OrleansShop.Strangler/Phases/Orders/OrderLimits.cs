namespace OrleansShop.Strangler.Phases.Orders;

/// <summary>How long the texts of an order may be. The history keeps a hundred orders in one grain's state.</summary>
public static class OrderLimits
{
    /// <summary>The most characters of <see cref="CapabilityOrder.By"/>.</summary>
    public const int MaxBy = 200;

    /// <summary>The most characters of <see cref="CapabilityOrder.Origin"/>.</summary>
    public const int MaxOrigin = 200;

    /// <summary>The most characters of <see cref="CapabilityOrder.Reason"/>.</summary>
    public const int MaxReason = 500;

    /// <summary>The most characters of <see cref="CapabilityOrder.Confirmation"/>.</summary>
    public const int MaxConfirmation = 200;

    /// <summary>What is wrong with the form of an order, or null. Whether it fits the capability is another question: <see cref="OrderRules"/>.</summary>
    public static string? FaultOf(CapabilityOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return order switch
        {
            { By: not { Length: >= 1 and <= MaxBy } } => $"'by' must say who asks, in 1 to {MaxBy} characters.",
            { Origin: not { Length: >= 1 and <= MaxOrigin } } => $"'origin' must say where the order comes from, in 1 to {MaxOrigin} characters.",
            { Reason.Length: > MaxReason } => $"'reason' has {order.Reason.Length} characters; at most {MaxReason} are kept.",
            { Confirmation.Length: > MaxConfirmation } => $"'confirmation' has {order.Confirmation.Length} characters; no capability has a name of more than {MaxConfirmation}.",
            { ExpectedEpoch: < 0 } => $"'expectedEpoch' is {order.ExpectedEpoch}; epochs begin at 0.",
            _ when !Enum.IsDefined(order.Kind) => $"'kind' is {order.Kind}; it must be one of {string.Join(", ", Enum.GetNames<OrderKind>())}.",
            { Lists: { } side } when !Enum.IsDefined(side) => $"'lists' is {side}; it must be one of {string.Join(", ", Enum.GetNames<ListSide>())}.",
            _ => null,
        };
    }
}
