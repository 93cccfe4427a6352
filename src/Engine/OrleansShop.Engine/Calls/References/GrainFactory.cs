using System.Text;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Calls;

/// <summary>The application's way to references: finds the grain type that an interface means, and encodes the key.</summary>
internal class GrainFactory(ReferenceFactory references, LocalObservers observers, ICodecProvider codecs) : IGrainFactory
{
    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey => Get<TGrainInterface>(GrainIdKeyExtensions.CreateGuidKey(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey => Get<TGrainInterface>(GrainIdKeyExtensions.CreateIntegerKey(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey => Get<TGrainInterface>(StringKey(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidCompoundKey => Get<TGrainInterface>(GrainIdKeyExtensions.CreateGuidKey(primaryKey, Extension(keyExtension)), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerCompoundKey => Get<TGrainInterface>(GrainIdKeyExtensions.CreateIntegerKey(primaryKey, Extension(keyExtension)), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable => references.Create<TGrainInterface>(grainId);

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) => (IGrain)Get(grainInterfaceType, GrainIdKeyExtensions.CreateGuidKey(grainPrimaryKey), null);

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) => (IGrain)Get(grainInterfaceType, GrainIdKeyExtensions.CreateIntegerKey(grainPrimaryKey), null);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => (IGrain)Get(grainInterfaceType, StringKey(grainPrimaryKey), null);

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey, string keyExtension) =>
        (IGrain)Get(grainInterfaceType, GrainIdKeyExtensions.CreateGuidKey(grainPrimaryKey, Extension(keyExtension)), null);

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey, string keyExtension) =>
        (IGrain)Get(grainInterfaceType, GrainIdKeyExtensions.CreateIntegerKey(grainPrimaryKey, Extension(keyExtension)), null);

    public IAddressable GetGrain(GrainId grainId) => references.CreateUntyped(grainId.Type, grainId.Key);

    public IAddressable GetGrain(GrainId grainId, GrainInterfaceType interfaceType) => references.Create(grainId, interfaceType);

    public IAddressable GetGrain(Type interfaceType, IdSpan grainKey) => (IAddressable)Get(interfaceType, grainKey, null);

    public IAddressable GetGrain(Type interfaceType, IdSpan grainKey, string grainClassNamePrefix) => (IAddressable)Get(interfaceType, grainKey, grainClassNamePrefix);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is GrainReference) throw new ArgumentException("The object is a reference already; an observer is an object of this process.", nameof(obj));
        if (obj is not TGrainObserverInterface) throw new ArgumentException($"{obj.GetType()} does not implement {typeof(TGrainObserverInterface)}.", nameof(obj));
        return references.Create<TGrainObserverInterface>(observers.Add(obj));
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        if (obj is not GrainReference reference) throw new ArgumentException("Pass the reference that CreateObjectReference returned, not the object.", nameof(obj));
        observers.Remove(reference.GrainId);
    }

    private TGrainInterface Get<TGrainInterface>(IdSpan key, string? classPrefix) => (TGrainInterface)Get(typeof(TGrainInterface), key, classPrefix);

    private object Get(Type interfaceType, IdSpan key, string? classPrefix) =>
        references.Create(new GrainId(references.Types.Resolve(interfaceType, string.IsNullOrEmpty(classPrefix) ? null : classPrefix, codecs), key), interfaceType);

    private static IdSpan StringKey(string key)
    {
        if (string.IsNullOrWhiteSpace(key)) throw new ArgumentException("A grain's key must not be empty.", nameof(key));
        return new IdSpan(Encoding.UTF8.GetBytes(key));
    }

    private static string Extension(string keyExtension) =>
        string.IsNullOrWhiteSpace(keyExtension) ? throw new ArgumentException("The extension of a compound key must not be empty.", nameof(keyExtension)) : keyExtension;
}
