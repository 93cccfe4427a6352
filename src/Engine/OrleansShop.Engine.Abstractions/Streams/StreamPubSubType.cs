namespace Orleans.Streams;

/// <summary>Which subscriptions a provider knows.</summary>
public enum StreamPubSubType
{
    /// <summary>Those made by subscribing, and those of grain classes with an attribute.</summary>
    ExplicitGrainBasedAndImplicit = 0,

    /// <summary>Only those made by subscribing.</summary>
    ExplicitGrainBasedOnly = 1,

    /// <summary>Only those of grain classes with an attribute. No store for subscriptions is needed.</summary>
    ImplicitOnly = 2,
}
