using System.Text.Json.Serialization;

namespace OrleansShop.Strangler.Phases.Orders;

/// <summary>What came of an order. Immutable.</summary>
/// <param name="Result">Whether it has an effect.</param>
/// <param name="Status">How the capability stands now.</param>
/// <param name="Detail">Why it has none; null if it has.</param>
/// <param name="RetryAfter">How long to wait before the next try; null when waiting does not help.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.OrderAnswer")]
public sealed record OrderAnswer(
    [property: Id(0)] OrderResult Result,
    [property: Id(1)] CapabilityStatus Status,
    [property: Id(2)] string? Detail = null,
    [property: Id(3)] TimeSpan? RetryAfter = null);

/// <summary>Whether an order has an effect.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OrderResult>))]
public enum OrderResult
{
    /// <summary>It is stored, with an epoch of its own.</summary>
    Accepted = 0,

    /// <summary>The capability stood so already.</summary>
    Unchanged = 1,

    /// <summary>The rules do not allow it; nothing has changed.</summary>
    Refused = 2,

    /// <summary>It cannot be decided now, because something that has to be asked does not answer; nothing has changed.</summary>
    Unavailable = 3,
}
