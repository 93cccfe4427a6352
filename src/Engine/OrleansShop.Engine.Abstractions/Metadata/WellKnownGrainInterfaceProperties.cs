namespace Orleans.Metadata;

/// <summary>Keys of what the manifest says about a grain interface.</summary>
public static class WellKnownGrainInterfaceProperties
{
    /// <summary>The interface's version.</summary>
    public const string Version = "version";

    /// <summary>The interface's name without its namespace.</summary>
    public const string TypeName = "type-name";

    /// <summary>The grain type that a reference without a prefix means.</summary>
    public const string DefaultGrainType = "primary-grain-type";
}
