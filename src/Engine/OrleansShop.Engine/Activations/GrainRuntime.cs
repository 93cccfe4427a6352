using Orleans;
using Orleans.Core;
using Orleans.Runtime;
using Orleans.Timers;
using OrleansShop.Engine.Storage;

namespace OrleansShop.Engine.Activations;

/// <summary>What grain objects ask of the engine.</summary>
internal sealed class GrainRuntime(ActivationHost host, IGrainFactory grainFactory, ITimerRegistry timers) : IGrainRuntime
{
    public string SiloIdentity => host.SiloAddress.ToString();

    public SiloAddress SiloAddress => host.SiloAddress;

    public IGrainFactory GrainFactory => grainFactory;

    public ITimerRegistry TimerRegistry => timers;

    public IServiceProvider ServiceProvider => host.Services;

    public TimeProvider TimeProvider => host.Clock.Time;

    public void DeactivateOnIdle(IGrainContext grainContext) =>
        grainContext.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "The grain called DeactivateOnIdle."));

    // A floor, not a sliding time: zero takes it back, a negative or endless one never ends.
    public void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan)
    {
        var activation = (Activation)grainContext;
        activation.KeepUntilMs = timeSpan == TimeSpan.Zero ? 0
            : timeSpan < TimeSpan.Zero || timeSpan == TimeSpan.MaxValue ? long.MaxValue
            : host.Clock.NowMs + (long)timeSpan.TotalMilliseconds;
    }

    public IStorage<TGrainState> GetStorage<TGrainState>(IGrainContext grainContext) => PersistentState.OfGrain<TGrainState>((Activation)grainContext);
}
