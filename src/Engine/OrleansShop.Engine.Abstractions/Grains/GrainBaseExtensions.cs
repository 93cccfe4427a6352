using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans;

/// <summary>What a grain can ask of its own activation.</summary>
public static class GrainBaseExtensions
{
    /// <summary>Lets this activation go once the running calls have ended. Later calls reach a new one.</summary>
    public static void DeactivateOnIdle(this IGrainBase grain) => RuntimeOf(grain).DeactivateOnIdle(grain.GrainContext);

    /// <summary>Moves this activation to another silo, if there is a better one, once the running calls have ended.</summary>
    public static void MigrateOnIdle(this IGrainBase grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        grain.GrainContext.Migrate(RequestContext.Current);
    }

    /// <summary>Registers a timer whose callbacks are turns of this activation.</summary>
    public static IGrainTimer RegisterGrainTimer(this IGrainBase grain, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options) =>
        Register(grain, static (callback, cancellationToken) => callback(cancellationToken), Checked(callback), options);

    /// <summary>Registers a timer whose callbacks are turns of this activation.</summary>
    public static IGrainTimer RegisterGrainTimer(this IGrainBase grain, Func<Task> callback, GrainTimerCreationOptions options) =>
        Register(grain, static (callback, _) => callback(), Checked(callback), options);

    /// <summary>Registers a timer whose callbacks are turns of this activation.</summary>
    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options) =>
        Register(grain, Checked(callback), state, options);

    /// <summary>Registers a timer whose callbacks are turns of this activation.</summary>
    public static IGrainTimer RegisterGrainTimer<TState>(this IGrainBase grain, Func<TState, Task> callback, TState state, GrainTimerCreationOptions options) =>
        Register(grain, static (work, _) => work.callback(work.state), (callback: Checked(callback), state), options);

    /// <summary>Registers a timer whose callbacks are turns of this activation.</summary>
    public static IGrainTimer RegisterGrainTimer(this IGrainBase grain, Func<CancellationToken, Task> callback, TimeSpan dueTime, TimeSpan period) =>
        grain.RegisterGrainTimer(callback, new GrainTimerCreationOptions(dueTime, period));

    /// <summary>Registers a timer whose callbacks are turns of this activation.</summary>
    public static IGrainTimer RegisterGrainTimer(this IGrainBase grain, Func<Task> callback, TimeSpan dueTime, TimeSpan period) =>
        grain.RegisterGrainTimer(callback, new GrainTimerCreationOptions(dueTime, period));

    /// <summary>Registers a timer whose callbacks are turns of this activation.</summary>
    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain, Func<TState, CancellationToken, Task> callback, TState state, TimeSpan dueTime, TimeSpan period) =>
        grain.RegisterGrainTimer(callback, state, new GrainTimerCreationOptions(dueTime, period));

    /// <summary>Registers a timer whose callbacks are turns of this activation.</summary>
    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain, Func<TState, Task> callback, TState state, TimeSpan dueTime, TimeSpan period) =>
        grain.RegisterGrainTimer(callback, state, new GrainTimerCreationOptions(dueTime, period));

    private static IGrainTimer Register<TState>(
        IGrainBase grain, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options) =>
        RuntimeOf(grain).TimerRegistry.RegisterGrainTimer(grain.GrainContext, callback, state, options);

    private static IGrainRuntime RuntimeOf(IGrainBase grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain is Grain withRuntime ? withRuntime.Runtime : grain.GrainContext.ActivationServices.GetRequiredService<IGrainRuntime>();
    }

    private static TDelegate Checked<TDelegate>(TDelegate? callback)
        where TDelegate : Delegate
    {
        ArgumentNullException.ThrowIfNull(callback);
        return callback;
    }
}
