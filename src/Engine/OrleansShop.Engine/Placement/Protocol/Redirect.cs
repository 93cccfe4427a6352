using Orleans.Runtime;

namespace OrleansShop.Engine.Placement.Protocol;

/// <summary>That a grain does not live with its owner. Only its owner has it.</summary>
/// <param name="Number">Given out once by the owner: tells this placement from those before and after it.</param>
/// <param name="Host">Where the grain lives; null while that is being chosen.</param>
/// <param name="Stage">How far the placement is.</param>
/// <param name="View">The view that it began in.</param>
internal sealed record Redirect(long Number, SiloAddress? Host, RedirectStage Stage, long View);

/// <summary>How far a placement is. It only goes forward.</summary>
internal enum RedirectStage : byte
{
    /// <summary>A host is being chosen. Calls wait.</summary>
    Choosing,

    /// <summary>The host is about to be asked to take it. Calls wait.</summary>
    Placing,

    /// <summary>The host has been asked. Calls wait.</summary>
    Asked,

    /// <summary>The host has it. Calls are sent there.</summary>
    Placed,
}
