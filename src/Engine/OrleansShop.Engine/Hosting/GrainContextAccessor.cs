using Orleans.Runtime;
using OrleansShop.Engine.Context;

namespace OrleansShop.Engine.Hosting;

/// <summary>The activation whose turn runs on this thread.</summary>
internal sealed class GrainContextAccessor : IGrainContextAccessor
{
    public IGrainContext GrainContext => CurrentActivation.Context!;
}
