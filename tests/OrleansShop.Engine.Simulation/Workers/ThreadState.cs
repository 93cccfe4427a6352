using System.Runtime.CompilerServices;
using OrleansShop.Engine.Activations;

namespace OrleansShop.Engine.Simulation.Workers;

/// <summary>What the engine keeps with a thread and what decides the order of things: a seed must not depend on those before it.</summary>
internal static class ThreadState
{
    /// <summary>Sets it back. On the thread that it belongs to.</summary>
    public static void Reset() => DrainsQueued(null) = 0;

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "t_drainsQueued")]
    private static extern ref uint DrainsQueued(Activation? none);
}
