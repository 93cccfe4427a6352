namespace OrleansShop.Strangler.Entities;

/// <summary>
/// Marks calls that are to be answered from the grains' copies, whoever owns the entities: the grains' side of a comparison. The mark travels with the calls that a grain makes in turn (<see cref="RequestContext"/>).
/// </summary>
public static class ShadowReads
{
    /// <summary>The header of a request whose answer nobody gets but who compares. Gateways take it away from what clients send.</summary>
    public const string Header = "X-Strangler-Shadow";

    /// <summary>The key in <see cref="RequestContext"/> under which a marked call has <see langword="true"/>.</summary>
    public const string Key = "OrleansShop.Strangler.ShadowRead";

    /// <summary>Whether the call that is running is marked.</summary>
    public static bool IsOn => RequestContext.Get(Key) is true;

    /// <summary>Marks the calls that the caller makes from here on, in its asynchronous flow.</summary>
    public static void Begin() => RequestContext.Set(Key, true);

    /// <summary>Ends the mark.</summary>
    public static void End() => RequestContext.Remove(Key);
}
