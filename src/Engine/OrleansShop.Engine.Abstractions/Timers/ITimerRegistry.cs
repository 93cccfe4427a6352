using Orleans.Runtime;

namespace Orleans.Timers;

/// <summary>Registers timers of activations.</summary>
public interface ITimerRegistry
{
    /// <summary>Registers a timer whose callbacks interleave with calls.</summary>
    [Obsolete("Use RegisterGrainTimer instead. A timer made here behaves as one with Interleave set to true.")]
    IDisposable RegisterTimer(IGrainContext grainContext, Func<object?, Task> callback, object? state, TimeSpan dueTime, TimeSpan period);

    /// <summary>Registers a timer.</summary>
    IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options);
}
