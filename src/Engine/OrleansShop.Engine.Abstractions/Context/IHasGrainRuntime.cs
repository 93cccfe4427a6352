using Orleans.Runtime;

namespace OrleansShop.Engine.Context;

/// <summary>An activation of this engine, which has the runtime at hand: asking its services would make a scope for many grains that need none.</summary>
internal interface IHasGrainRuntime
{
    /// <summary>What the engine does for the grain object.</summary>
    IGrainRuntime Runtime { get; }
}
