namespace OrleansShop.Strangler.Events;

/// <summary>What a consumer knows of an event that has arrived.</summary>
public enum EventReceipt
{
    /// <summary>It has not been handled.</summary>
    New = 0,

    /// <summary>It has been handled before.</summary>
    Duplicate = 1,

    /// <summary>It is older than what is remembered of its source: nearly always one that was handled before.</summary>
    Unknown = 2,
}
