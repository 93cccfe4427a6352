using Orleans.Runtime;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Manifest;

/// <summary>What the generator found in one assembly. Implemented by one generated class per assembly, named by <see cref="TypeManifestAttribute"/>.</summary>
public interface ITypeManifest
{
    /// <summary>Adds everything found to <paramref name="types"/>.</summary>
    void AddTo(TypeManifestBuilder types);
}

/// <summary>Names the generated manifest of an assembly, so that it is found without looking through the assembly's types.</summary>
/// <param name="manifestType">A class with a parameterless constructor that implements <see cref="ITypeManifest"/>.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class TypeManifestAttribute(Type manifestType) : Attribute
{
    /// <summary>A class with a parameterless constructor that implements <see cref="ITypeManifest"/>.</summary>
    public Type ManifestType { get; } = manifestType;
}

/// <summary>A grain interface and what was generated for it.</summary>
/// <param name="InterfaceType">The interface; the open definition if it is generic.</param>
/// <param name="ReferenceType">The generated reference class, with a constructor <c>(ReferenceTarget, IdSpan)</c>; open if the interface is generic.</param>
/// <param name="CreateReference">Creates a reference; null for a generic interface, whose closed reference class is made by reflection once.</param>
/// <param name="Methods">Every method that can be called through it, inherited ones included.</param>
public sealed record GrainInterfaceEntry(
    Type InterfaceType,
    Type ReferenceType,
    Func<ReferenceTarget, IdSpan, GeneratedReference>? CreateReference,
    IReadOnlyList<GrainMethodEntry> Methods);

/// <summary>A grain method and its generated call class.</summary>
/// <param name="Method">The description; the declaring interface's for an inherited method.</param>
/// <param name="CallType">The generated call class; open if the interface or the method is generic (interface arguments first).</param>
/// <param name="CreateCall">Creates an empty call; null if <paramref name="CallType"/> is open.</param>
public sealed record GrainMethodEntry(GrainMethod Method, Type CallType, Func<GrainCall>? CreateCall);

/// <summary>Collects the manifests of all assemblies of a process.</summary>
public sealed class TypeManifestBuilder
{
    /// <summary>What describes each grain interface; generic ones as open definitions. Called when an interface is first used, or more often.</summary>
    public Dictionary<Type, Func<GrainInterfaceEntry>> Interfaces { get; } = [];

    /// <summary>The grain classes: not abstract, generic ones as open definitions.</summary>
    public List<Type> GrainClasses { get; } = [];

    /// <summary>Codec factories by the type that they serve.</summary>
    public Dictionary<Type, Func<Codec>> Codecs { get; } = [];

    /// <summary>Open generic codec types by the open generic type that they serve.</summary>
    public Dictionary<Type, Type> GenericCodecs { get; } = [];

    /// <summary>Names that stand for types on the wire and in storage, from <c>[Alias]</c>.</summary>
    public Dictionary<Type, string> Aliases { get; } = [];

    /// <summary>Activator types (<c>IActivator&lt;&gt;</c>) marked for registration.</summary>
    public List<Type> Activators { get; } = [];

    /// <summary>Converter types (<c>IConverter&lt;,&gt;</c>) marked for registration.</summary>
    public List<Type> Converters { get; } = [];
}
