namespace OrleansShop.Strangler.BridgeClient;

/// <summary>The bridge understood what it was asked and will not do it, now or later. Nothing took effect.</summary>
[GenerateSerializer, Alias("OrleansShop.Strangler.BridgeRefused")]
public sealed class BridgeRefusedException : Exception
{
    /// <summary>Says what was refused and why.</summary>
    /// <param name="reason">Why, as a word that programs can tell apart.</param>
    /// <param name="message">What was refused and why, for people.</param>
    public BridgeRefusedException(BridgeRefusal reason, string message)
        : base(message) => Reason = reason;

    /// <summary>Why.</summary>
    [Id(0)]
    public BridgeRefusal Reason { get; private set; }
}
