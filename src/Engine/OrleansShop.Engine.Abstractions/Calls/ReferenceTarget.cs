using Orleans.Runtime;

namespace OrleansShop.Engine.Calls;

/// <summary>What all references of one interface to grains of one type share.</summary>
/// <param name="GrainType">The type of the grains.</param>
/// <param name="Interface">The interface of the references.</param>
/// <param name="Sender">Where calls go.</param>
public sealed record ReferenceTarget(GrainType GrainType, GrainInterfaceType Interface, ICallSender Sender)
{
    /// <summary>The version of the interface in this process, from its <c>[Version]</c>; 0 without one.</summary>
    public ushort InterfaceVersion { get; init; }

    /// <summary>The interface type, closed; the interface that the generated reference implements.</summary>
    public Type? InterfaceClrType { get; init; }

    /// <summary>Whether calls go to an extension of the activation instead of the grain object.</summary>
    internal bool IsExtension { get; init; }

    /// <summary>Whether calls go to a part of a silo itself: the application's filters do not see them.</summary>
    internal bool IsSystemTarget { get; init; }
}
