using Orleans;

namespace OrleansShop.Engine.Storage;

/// <summary>Fencing tokens for what the engine cannot protect: calls of grains to third parties.</summary>
public static class GrainFencing
{
    /// <summary>
    /// A number that only grows from one activation of the grain to the next on another silo, if the one before has died. Who gets it with each
    /// request, and refuses requests with a lower number than the highest that it has seen for the grain, is safe from what a silo sends that was frozen and does not
    /// know yet that it was declared dead. The same for the life of an activation; 0 if the silo is alone.
    /// </summary>
    /// <param name="grain">The grain, in one of its turns.</param>
    public static long GetFencingToken(this IGrainBase grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain.GrainContext is IFencedContext context ? context.Fence.Number : 0;
    }
}

/// <summary>A grain context that knows the fence of its activation.</summary>
internal interface IFencedContext
{
    /// <summary>The fence. Only in turns.</summary>
    Fence Fence { get; }
}
