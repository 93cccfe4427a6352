using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;

namespace OrleansShop.Engine.Placement;

/// <summary>Tells where a grain lives, from the view that this process has: no message is sent. Thread-safe.</summary>
public interface IGrainLocation
{
    /// <summary>
    /// Finds the silo that owns <paramref name="grain"/>. False if no silo of the view hosts its type, or if it is a stateless
    /// worker or an observer, which have no owner. A view can be out of date by a moment: a call always finds its way, with or
    /// without this answer.
    /// </summary>
    bool TryGetOwner(GrainId grain, [NotNullWhen(true)] out SiloAddress? owner);
}
