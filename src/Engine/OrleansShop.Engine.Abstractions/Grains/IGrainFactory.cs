using Orleans.Runtime;

namespace Orleans;

/// <summary>Creates references to grains. A reference costs nothing: it exists before the grain does and sends nothing by itself.</summary>
/// <remarks>
/// Where several classes implement an interface, a prefix of the class's full name chooses one; without it the interface's
/// <see cref="Metadata.DefaultGrainTypeAttribute"/> does. If neither decides, an <see cref="ArgumentException"/> names the candidates.
/// </remarks>
public interface IGrainFactory
{
    /// <summary>Returns a reference to the grain with this Guid as key.</summary>
    TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey;

    /// <summary>Returns a reference to the grain with this number as key.</summary>
    TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey;

    /// <summary>Returns a reference to the grain with this text as key.</summary>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;

    /// <summary>Returns a reference to the grain with this Guid and extension as key.</summary>
    TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidCompoundKey;

    /// <summary>Returns a reference to the grain with this number and extension as key.</summary>
    TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerCompoundKey;

    /// <summary>Returns a reference through which grains can call <paramref name="obj"/>. It is held weakly: the caller keeps it alive.</summary>
    TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver;

    /// <summary>Ends what <see cref="CreateObjectReference{T}"/> began.</summary>
    void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver;

    /// <summary>Returns a reference to the grain with this Guid as key.</summary>
    IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey);

    /// <summary>Returns a reference to the grain with this number as key.</summary>
    IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey);

    /// <summary>Returns a reference to the grain with this text as key.</summary>
    IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey);

    /// <summary>Returns a reference to the grain with this Guid and extension as key.</summary>
    IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey, string keyExtension);

    /// <summary>Returns a reference to the grain with this number and extension as key.</summary>
    IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey, string keyExtension);

    /// <summary>Returns a reference to the grain with this id.</summary>
    TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable;

    /// <summary>Returns a reference to the grain with this id that can be cast to its interfaces.</summary>
    IAddressable GetGrain(GrainId grainId);

    /// <summary>Returns a reference to the grain with this id.</summary>
    IAddressable GetGrain(GrainId grainId, GrainInterfaceType interfaceType);

    /// <summary>Returns a reference to the grain with this encoded key.</summary>
    IAddressable GetGrain(Type interfaceType, IdSpan grainKey, string grainClassNamePrefix);

    /// <summary>Returns a reference to the grain with this encoded key.</summary>
    IAddressable GetGrain(Type interfaceType, IdSpan grainKey);
}
