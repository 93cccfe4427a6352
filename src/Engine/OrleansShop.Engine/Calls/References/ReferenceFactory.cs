using System.Collections.Concurrent;
using System.Reflection;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Serialization;
using OrleansShop.Engine.Versions;

namespace OrleansShop.Engine.Calls;

/// <summary>Makes references: to a grain id, through an interface.</summary>
internal sealed class ReferenceFactory(GrainTypes types, ICodecProvider codecs, InterfaceVersions versions)
{
    private readonly ConcurrentDictionary<(GrainType, Type), ReferenceTarget> _targets = new();
    private readonly ConcurrentDictionary<(GrainType, GrainInterfaceType), ReferenceTarget> _targetsByName = new();
    private readonly ConcurrentDictionary<GrainType, ReferenceTarget> _untyped = new();
    private readonly ConcurrentDictionary<Type, Func<ReferenceTarget, IdSpan, GeneratedReference>> _makers = new();

    /// <summary>Where the calls of the references go. Set once, when the sender is built, before any reference is made.</summary>
    public ICallSender Sender { get; set; } = null!;

    public GrainTypes Types => types;

    /// <summary>A reference to a grain through an interface.</summary>
    public object Create(GrainId id, Type interfaceType) => Maker(interfaceType)(TargetOf(id.Type, interfaceType), id.Key);

    /// <inheritdoc cref="Create(GrainId, Type)"/>
    public TInterface Create<TInterface>(GrainId id) => (TInterface)Create(id, typeof(TInterface));

    /// <summary>A reference that says which grain, and not through which interface. It has to be cast before it can be called.</summary>
    public GrainReference CreateUntyped(GrainType grainType, IdSpan key) => new(SelfTarget(grainType), key);

    /// <summary>A reference through the interface with this name.</summary>
    /// <exception cref="ArgumentException">This process does not know the interface.</exception>
    public GrainReference Create(GrainId id, GrainInterfaceType interfaceName)
    {
        if (interfaceName.IsDefault) return CreateUntyped(id.Type, id.Key);
        var target = TargetOf(id.Type, interfaceName) ?? throw new ArgumentException($"No grain interface named \"{interfaceName}\" is known here. Is the assembly that declares it referenced?");
        return Maker(target.InterfaceClrType!)(target, id.Key);
    }

    public object Cast(GrainReference reference, Type interfaceType) => interfaceType.IsInstanceOfType(reference) ? reference : Create(reference.GrainId, interfaceType);

    /// <summary>What references to grains of a type through an interface share.</summary>
    public ReferenceTarget TargetOf(GrainType grainType, Type interfaceType) =>
        _targets.TryGetValue((grainType, interfaceType), out var target) ? target : _targets.GetOrAdd((grainType, interfaceType), NewTarget(grainType, interfaceType));

    /// <summary>The same by the name of the interface, for calls from the wire; null if the name is not known here.</summary>
    public ReferenceTarget? TargetOf(GrainType grainType, GrainInterfaceType interfaceName)
    {
        if (_targetsByName.TryGetValue((grainType, interfaceName), out var target)) return target;
        target = interfaceName == ISequenceExtension.InterfaceType
            ? new ReferenceTarget(grainType, interfaceName, Sender)
            : types.FindInterface(interfaceName, codecs) is { } type ? TargetOf(grainType, type) : null;
        if (target is not null) _targetsByName.TryAdd((grainType, interfaceName), target);
        return target;
    }

    /// <summary>The target without an interface: of untyped references, and of what an activation sends itself.</summary>
    public ReferenceTarget SelfTarget(GrainType grainType) =>
        _untyped.TryGetValue(grainType, out var target) ? target : _untyped.GetOrAdd(grainType, new ReferenceTarget(grainType, default, Sender));

    private ReferenceTarget NewTarget(GrainType grainType, Type interfaceType) => new(grainType, types.NameOf(interfaceType, codecs), Sender)
    {
        InterfaceClrType = interfaceType,
        InterfaceVersion = versions.Of(interfaceType),
        IsExtension = typeof(IGrainExtension).IsAssignableFrom(interfaceType),
        IsSystemTarget = typeof(ISystemTarget).IsAssignableFrom(interfaceType),
    };

    private Func<ReferenceTarget, IdSpan, GeneratedReference> Maker(Type interfaceType) =>
        _makers.TryGetValue(interfaceType, out var maker) ? maker : _makers.GetOrAdd(interfaceType, NewMaker(interfaceType));

    private Func<ReferenceTarget, IdSpan, GeneratedReference> NewMaker(Type interfaceType)
    {
        var entry = types.EntryOf(interfaceType);
        if (entry.CreateReference is { } create) return create;
        if (!interfaceType.IsConstructedGenericType) throw new ArgumentException($"{interfaceType} is an open generic interface; a reference needs its type arguments.");
        var constructor = ConstructorInvoker.Create(entry.ReferenceType.MakeGenericType(interfaceType.GetGenericArguments()).GetConstructor([typeof(ReferenceTarget), typeof(IdSpan)])!);
        return (target, key) => (GeneratedReference)constructor.Invoke(target, key);
    }
}
