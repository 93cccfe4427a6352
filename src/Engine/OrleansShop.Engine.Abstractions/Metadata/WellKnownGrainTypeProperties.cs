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
}
