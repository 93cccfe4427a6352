using Orleans.Core;
using Orleans.Timers;

namespace Orleans.Runtime;

/// <summary>What the engine does for grain objects.</summary>
public interface IGrainRuntime
{
    /// <summary>The silo, as text.</summary>
    string SiloIdentity { get; }

    /// <summary>The silo.</summary>
    SiloAddress SiloAddress { get; }

    /// <summary>Creates references to grains.</summary>
    IGrainFactory GrainFactory { get; }

    /// <summary>Registers timers.</summary>
    ITimerRegistry TimerRegistry { get; }

    /// <summary>The silo's services.</summary>
    IServiceProvider ServiceProvider { get; }

    /// <summary>The engine's time.</summary>
    TimeProvider TimeProvider => TimeProvider.System;

    /// <summary>Lets the activation go once its running calls have ended.</summary>
    void DeactivateOnIdle(IGrainContext grainContext);

    /// <summary>Keeps the activation for at least <paramref name="timeSpan"/> from now.</summary>
    void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan);

    /// <summary>Returns the storage of the state of a <see cref="Grain{TGrainState}"/>.</summary>
    IStorage<TGrainState> GetStorage<TGrainState>(IGrainContext grainContext);
}
