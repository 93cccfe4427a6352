using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using OrleansShop.Engine.Activations.Watch;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Activations;

/// <summary>One request, from its start in a turn to its outcome in the same or a later one.</summary>
internal sealed partial class Activation
{
    private void Start(GrainCall call, TurnSlot slot)
    {
        var startedMs = Host.Clock.NowMs;

        // The caller has gone. It was told by its own side; an answer over the wire only ends the other side's bookkeeping.
        if (call.Is(CallFlags.Abandoned) || (call.DeadlineMs <= startedMs && Host.DropsExpired))
        {
            Host.Metrics.Expired();
            RefuseUnstarted(call);
            return;
        }

        if (KeepsFromIdle(call)) LastUsedMs = startedMs;
        AddRunning(call);
        if (call.Cancellation is { } cancellation) cancellation.Started(this);
        if (call.RequestContextData is not null) RequestContext.Current = call.RequestContextData;
        slot.StartedMs = startedMs;
        LeaveEngine();
        object target;
        try
        {
            target = TargetOf(call);
        }
        catch (Exception e)
        {
            // The extension is not there, or the observer object is gone.
            call.Fail(e);
            Ended(call);
            EndStep(slot, startedMs);
            return;
        }

        // (8) Through the filters, if there are any, to the method. Neither throws; both may be done with the call when they return.
        if ((Host.IncomingFilters.IsEmpty && !Class.FiltersItself) || call.Is(CallFlags.System) || call.Target.IsSystemTarget) call.Run(target, this);
        else Host.IncomingFilters.Run(call, target, this);
        EndStep(slot, startedMs);
    }

    /// <inheritdoc/>
    public void Ended(GrainCall call)
    {
        EnterEngine();
        if (_areAnswersDiscarded && _state == ActivationState.Gone)
        {
            LeaveEngine();
            return;
        }

        // The turn has outlasted the lease. What came of it is true if the lease runs again, and nobody's business if not.
        if (Host.Lease.IsOut)
        {
            QueueAction(ended => Ended((GrainCall)ended), call);
            LeaveEngine();
            return;
        }

        RemoveRunning(call);
        if (KeepsFromIdle(call)) LastUsedMs = Host.Clock.NowMs;
        if (call.Exception is not null) NoteFailure(call);

        // (9) Back to the caller.
        Host.Answers.Send(call);
        LeaveEngine();
    }

    private void NoteFailure(GrainCall call)
    {
        // What the grain has in memory is not what is stored: the next activation reads it anew.
        if (call.Exception is InconsistentStateException conflict && conflict.TryClaimDeactivation())
            Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, conflict, $"{call.Method.Name} lost a race for the stored state."));
    }

    private object TargetOf(GrainCall call)
    {
        if (call.Is(CallFlags.ForRunner)) return this;
        if (call.Target.IsExtension) return ExtensionOf(call.Target.InterfaceClrType!);
        return GrainInstance ?? throw new ClientNotAvailableException($"The observer object of {GrainId} was collected. Its owner has to hold on to it as long as it wants to be called.");
    }

    private object ExtensionOf(Type extensionInterface)
    {
        if (GetComponent(extensionInterface) is { } present) return present;
        if (Host.Services.GetKeyedService<IGrainExtension>(extensionInterface) is not { } created)
        {
            throw new GrainExtensionNotInstalledException(
                $"{GrainId} has no extension {extensionInterface}. Register it with AddGrainExtension, or set it in the grain, before it is called.");
        }

        (Extras.Components ??= [])[extensionInterface] = created;
        return created;
    }

    public TExtensionInterface GetExtension<TExtensionInterface>()
        where TExtensionInterface : class, IGrainExtension => (TExtensionInterface)ExtensionOf(typeof(TExtensionInterface));

    public (TExtension, TExtensionInterface) GetOrSetExtension<TExtension, TExtensionInterface>(Func<TExtension> newExtensionFunc)
        where TExtension : class, TExtensionInterface
        where TExtensionInterface : class, IGrainExtension
    {
        if (GetComponent(typeof(TExtensionInterface)) is not TExtension extension)
            (Extras.Components ??= [])[typeof(TExtensionInterface)] = extension = newExtensionFunc();
        return (extension, Host.References.Create<TExtensionInterface>(GrainId));
    }
}
