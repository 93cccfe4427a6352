using Orleans.Runtime;

namespace OrleansShop.Engine.Calls;

/// <summary>What every activation can be asked about the sequences that it serves. Its calls are written by hand, not generated.</summary>
internal interface ISequenceExtension
{
    /// <summary>The name of this interface on the wire.</summary>
    public static readonly GrainInterfaceType InterfaceType = GrainInterfaceType.Create("sys.sequences");

    /// <summary>Brings the next items of a cursor.</summary>
    public static readonly GrainMethod Pull = new(
        typeof(ISequenceExtension), nameof(Pull), id: 1, GrainMethodTraits.AlwaysInterleave | GrainMethodTraits.Cancellable, responseTimeout: null, parameterTypes: []);

    /// <summary>Closes a cursor that its reader leaves early.</summary>
    public static readonly GrainMethod Close = new(
        typeof(ISequenceExtension), nameof(Close), id: 2, GrainMethodTraits.AlwaysInterleave, responseTimeout: null, parameterTypes: []);
}
