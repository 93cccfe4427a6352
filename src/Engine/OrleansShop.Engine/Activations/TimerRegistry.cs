using Orleans.Runtime;
using Orleans.Timers;

namespace OrleansShop.Engine.Activations;

/// <summary>Makes timers.</summary>
internal sealed class TimerRegistry : ITimerRegistry
{
    public IGrainTimer RegisterGrainTimer<TState>(IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return new GrainTimer<TState>(Of(grainContext), callback, state, options);
    }

    // The older kind of timer always interleaves.
    public IDisposable RegisterTimer(IGrainContext grainContext, Func<object?, Task> callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return new GrainTimer<object?>(Of(grainContext), (value, _) => callback(value), state, new() { DueTime = dueTime, Period = period, Interleave = true });
    }

    private static Activation Of(IGrainContext context) => context as Activation
        ?? throw new InvalidOperationException("Timers belong to an activation: register them in a grain, not outside.");
}
