namespace Orleans.Runtime.Placement;

/// <summary>A grain that is to be placed, and the call that wants it.</summary>
public readonly struct PlacementTarget
{
    /// <summary>Describes a grain that is to be placed.</summary>
    public PlacementTarget(GrainId grainIdentity, Dictionary<string, object> requestContextData, GrainInterfaceType interfaceType, ushort interfaceVersion)
    {
        GrainIdentity = grainIdentity;
        RequestContextData = requestContextData;
        InterfaceType = interfaceType;
        InterfaceVersion = interfaceVersion;
    }

    /// <summary>The grain.</summary>
    public GrainId GrainIdentity { get; }

    /// <summary>The interface that it is called through.</summary>
    public GrainInterfaceType InterfaceType { get; }

    /// <summary>The version of the interface that the caller has; 0 if it has none.</summary>
    public ushort InterfaceVersion { get; }

    /// <summary>The request context of the call.</summary>
    public Dictionary<string, object> RequestContextData { get; }
}
