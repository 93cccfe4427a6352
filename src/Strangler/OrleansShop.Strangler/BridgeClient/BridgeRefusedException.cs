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

    /// <summary>Whether the ledger refuses, because whoever asks is not the entity's owner (any more): the question belongs elsewhere, and is not wrong in itself.</summary>
    public bool IsAboutOwnership => Reason is BridgeRefusal.NotOwner or BridgeRefusal.StaleVersion;
}
