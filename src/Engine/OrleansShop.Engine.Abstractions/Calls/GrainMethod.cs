using System.Reflection;

namespace OrleansShop.Engine.Calls;

/// <summary>What the attributes and the parameters of a grain method say about how it is called.</summary>
[Flags]
public enum GrainMethodTraits : byte
{
    /// <summary>An ordinary request that waits for its turn and answers.</summary>
    None = 0,

    /// <summary>No answer is sent.</summary>
    OneWay = 1,

    /// <summary>May run beside other read-only requests.</summary>
    ReadOnly = 2,

    /// <summary>May run beside any request.</summary>
    AlwaysInterleave = 4,

    /// <summary>Has a <see cref="CancellationToken"/> parameter.</summary>
    Cancellable = 8,

    /// <summary>No argument is copied for a grain in the same process: each is a value, or immutable.</summary>
    SharesArguments = 16,
}

/// <summary>One method of a grain interface, as generated code describes it. One instance per method and process.</summary>
/// <param name="interfaceType">The interface that declares the method; the open definition if it is generic.</param>
/// <param name="name">The method's name.</param>
/// <param name="id">A stable hash of the method's signature, or what its <c>[Id]</c> or <c>[Alias]</c> says; unique in its interface.</param>
/// <param name="traits">What its attributes and parameters say.</param>
/// <param name="responseTimeout">What its <c>[ResponseTimeout]</c> says, or null.</param>
/// <param name="parameterTypes">The parameter types, to find the reflected method when a filter asks for it.</param>
public sealed class GrainMethod(
    Type interfaceType, string name, uint id, GrainMethodTraits traits, TimeSpan? responseTimeout, Type[] parameterTypes)
{
    private MethodInfo? _reflected;

    /// <summary>The interface that declares the method; the open definition if it is generic.</summary>
    public Type InterfaceType { get; } = interfaceType;

    /// <summary>The method's name.</summary>
    public string Name { get; } = name;

    /// <summary>The name of a call in traces: interface and method.</summary>
    public string ActivityName { get; } = $"{interfaceType.Name}/{name}";

    /// <summary>The number that stands for the method on the wire, unique in its interface.</summary>
    public uint Id { get; } = id;

    /// <summary>What its attributes and parameters say.</summary>
    public GrainMethodTraits Traits { get; } = traits;

    /// <summary>How long a caller waits, or null for the configured default.</summary>
    public TimeSpan? ResponseTimeout { get; } = responseTimeout;

    /// <summary>The reflected method. Costs a lookup on first use.</summary>
    public MethodInfo Reflected => _reflected ??= InterfaceType.GetMethod(Name, parameterTypes)
        ?? throw new MissingMethodException(InterfaceType.FullName, Name);
}
