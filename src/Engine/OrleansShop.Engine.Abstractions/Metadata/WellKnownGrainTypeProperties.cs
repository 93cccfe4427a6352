namespace Orleans.Metadata;

/// <summary>Keys of what the manifest says about a grain class.</summary>
public static class WellKnownGrainTypeProperties
{
    /// <summary>The class name without its namespace.</summary>
    public const string TypeName = "type-name";

    /// <summary>The class name with its namespace.</summary>
    public const string FullTypeName = "full-type-name";

    /// <summary>The placement rule.</summary>
    public const string PlacementStrategy = "placement-strategy";

    /// <summary>Present and true if any call may start while others wait.</summary>
    public const string Reentrant = "reentrant";

    /// <summary>The method that decides whether a call may run beside others.</summary>
    public const string MayInterleavePredicate = "may-interleave-predicate";

    /// <summary>What must not move the grain.</summary>
    public const string Immovable = "immovable";

    /// <summary>How long an idle activation is kept.</summary>
    public const string IdleDeactivationPeriod = "idle-duration";

    /// <summary>The value for activations that are kept for good.</summary>
    public const string IndefiniteIdleDeactivationPeriodValue = "indefinite";

    /// <summary>The prefix of the keys under which implemented interfaces are listed.</summary>
    public const string ImplementedInterfacePrefix = "interface.";

    /// <summary>The prefix of the keys under which bindings are listed.</summary>
    public const string BindingPrefix = "binding";

    /// <summary>The key of a binding's type.</summary>
    public const string BindingTypeKey = "type";

    /// <summary>The type of a binding to streams.</summary>
    public const string StreamBindingTypeValue = "stream";

    /// <summary>The key of the pattern that says which namespaces are meant.</summary>
    public const string StreamBindingPatternKey = "pattern";

    /// <summary>The key of the mapper from stream ids to grain keys.</summary>
    public const string StreamIdMapperKey = "streamid-mapper";

    /// <summary>Present and true if the stream's namespace is part of the grain's key.</summary>
    public const string StreamBindingIncludeNamespaceKey = "include-namespace";

    /// <summary>How keys of grains of the class are written, where that is not as text.</summary>
    public const string LegacyGrainKeyType = "legacy-grain-key-type";

    /// <summary>Present and true if the order of calls does not matter.</summary>
    public const string Unordered = "unordered";

    /// <summary>The name of the directory in which the grain is registered.</summary>
    public const string GrainDirectory = "directory-policy";

    /// <summary>The filters that decide which silos may host the grain.</summary>
    public const string PlacementFilter = "placement-filter";

    /// <summary>The kind of binding to a broadcast channel.</summary>
    public const string BroadcastChannelBindingTypeValue = "broadcast-channel";

    /// <summary>Within a binding to a broadcast channel: which namespaces it matches.</summary>
    public const string BroadcastChannelBindingPatternKey = "channel-pattern";

    /// <summary>Within a binding to a broadcast channel: what makes the grain's key of the channel's.</summary>
    public const string ChannelIdMapperKey = "channelid-mapper";
}
