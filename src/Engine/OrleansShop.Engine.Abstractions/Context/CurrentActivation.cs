using Orleans.Runtime;

namespace OrleansShop.Engine.Context;

/// <summary>Which activation the current thread works for. The engine sets it around each turn and around the creation of a grain.</summary>
internal static class CurrentActivation
{
    // A field and not a property: it is read and written at the border of every turn.
    [ThreadStatic]
    internal static IGrainContext? Context;
}
