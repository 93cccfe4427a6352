using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Activations.Watch;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Diagnostics;

namespace OrleansShop.Engine.Activations;

/// <summary>The beginning and the end.</summary>
internal sealed partial class Activation
{
    /// <summary>Makes the grain object, loads its state and runs <c>OnActivateAsync</c>; calls wait meanwhile.</summary>
    private void BeginActivation(TurnSlot slot)
    {
        if (!TryMove(ActivationState.Created, ActivationState.Activating)) return;
        var startedMs = BeginStep(slot);
        Task activating;

        // What the activating call brings along is there for the constructor and OnActivateAsync.
        if (_firstWaiting?.RequestContextData is { } brought) RequestContext.Current = brought;
        if (LifecycleActivities.HasListeners) Extras.Span = LifecycleActivities.StartActivation(this);
        try
        {
            _instance ??= Class.CreateInstance(this);
            activating = _extras?.Dehydrated is { } dehydrated ? ActivateRehydrated(dehydrated) : ActivateInstance();
        }
        catch (Exception e)
        {
            FailActivation(e);
            EndStep(slot, startedMs);
            return;
        }

        if (activating.IsCompletedSuccessfully) EndActivation();
        else _ = AwaitActivation(activating);
        EndStep(slot, startedMs);
    }

    private Task ActivateInstance()
    {
        JoinStages();
        return RunStages();
    }

    private void JoinStages()
    {
        if (Class.Participates) ((ILifecycleParticipant<IGrainLifecycle>)_instance!).Participate(ObservableLifecycle);
    }

    private Task RunStages()
    {
        // The usual case has no stages to run and nothing to cancel: no timer, no task.
        if (_extras?.Lifecycle is not null) return ActivateInStages(_extras.Lifecycle);
        if (_instance is not IGrainBase grain) return Task.CompletedTask;
        return Class.OverridesActivation ? ActivateInStages(null) : grain.OnActivateAsync(CancellationToken.None);
    }

    private Task RunOnActivate(IGrainBase grain, CancellationToken cancellationToken) =>
        LifecycleActivities.HasListeners ? LifecycleActivities.Activate(this, grain, cancellationToken) : grain.OnActivateAsync(cancellationToken);

    private void EndSpan(Exception? failure)
    {
        if (_extras?.Span is not { } span) return;
        _extras.Span = null;
        if (failure is not null) CallActivities.Fail(span, failure);
        span.Dispose();
    }

    private async Task ActivateInStages(ActivationLifecycle? lifecycle)
    {
        using var timeout = new CancellationTokenSource(Host.ActivationTimeout, Host.Clock.Time);
        if (_instance is IGrainBase grain) lifecycle?.AddGrain(token => RunOnActivate(grain, token));
        var activating = lifecycle?.StartAsync(timeout.Token) ?? RunOnActivate((IGrainBase)_instance!, timeout.Token);
        if (activating.IsCompletedSuccessfully) return;
        try
        {
            await activating.WaitAsync(Host.ActivationTimeout, Host.Clock.Time);
        }
        catch (TimeoutException) when (!activating.IsCompleted)
        {
            throw new TimeoutException($"{GrainId} was not activated within {Host.ActivationTimeout} (GrainCollectionOptions.ActivationTimeout): its state was being loaded, or OnActivateAsync runs.");
        }
    }

    private async Task AwaitActivation(Task activating)
    {
        try
        {
            await activating;
        }
        catch (Exception e)
        {
            FailActivation(e);
            return;
        }

        EndActivation();
    }

    private void EndActivation()
    {
        EndSpan(failure: null);

        // It may have been abandoned meanwhile.
        if (!TryMove(ActivationState.Activating, ActivationState.Active)) return;
        LastUsedMs = Host.Clock.NowMs;
        Host.Metrics.Activated();
    }

    // The calls that wait get the exception; nothing of this activation stays behind.
    private void FailActivation(Exception exception)
    {
        EndSpan(exception);
        Host.LogActivationFailed(exception, GrainId);
        Host.Metrics.ActivationFailed();
        Extras.DeactivationReason = new DeactivationReason(DeactivationReasonCode.ActivationFailed, exception, "The activation failed.");
        if (!TryMove(ActivationState.Activating, ActivationState.Deactivating)) return;
        _ = LeaveAsync(call => Host.Answers.Refuse(call, exception));
    }

    /// <inheritdoc/>
    public void Activate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default) => ScheduleDrain();

    /// <inheritdoc/>
    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        // In a turn of its own it shows at once; from elsewhere it becomes a turn.
        if (ReferenceEquals(Context.CurrentActivation.Context, this)) AskDeactivation(deactivationReason);
        else QueueAction(() => AskDeactivation(deactivationReason));
    }

    /// <inheritdoc/>
    public void Rehydrate(IRehydrationContext context) => QueueAction(() => Extras.Lifecycle?.Rehydrate(context));

    /// <summary>Deactivates it if it is idle and nothing says to keep it. From any thread.</summary>
    public void CollectIfIdle(long olderThanMs) => QueueAction(
        static state =>
        {
            var (activation, olderThanMs) = ((Activation, long))state;
            if (activation.IsIdle && activation.LastUsedMs <= olderThanMs && (activation._extras is not { } extras || extras.KeepUntilMs <= activation.Host.Clock.NowMs))
                activation.AskDeactivation(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "It was idle for longer than its collection age."));
        },
        (this, olderThanMs));

    /// <summary>Not collected before this, by the host's clock.</summary>
    public long KeepUntilMs
    {
        get => _extras?.KeepUntilMs ?? 0;
        set => Extras.KeepUntilMs = value;
    }

    // A timer's tick that comes at the same moment does not count as use, unless the timer says so.
    private bool IsIdle
    {
        get
        {
            if (_runningCount != 0) return false;
            EnterEngine();
            var isIdle = _state == ActivationState.Active && HasNothingToDo();
            LeaveEngine();
            return isIdle;
        }
    }

    private bool HasNothingToDo()
    {
        AdmitArrivals(TakeArrivedCalls());
        for (var call = _firstWaiting; call is not null; call = call.Next)
        {
            if (KeepsFromIdle(call)) return false;
        }

        return true;
    }

    private static bool KeepsFromIdle(GrainCall call) => !call.Is(CallFlags.Bound) || call.Is(CallFlags.KeepsAlive);

    private void AskDeactivation(DeactivationReason reason)
    {
        if (_state >= ActivationState.Deactivating || IsLeaving) return;
        Extras.DeactivationReason = reason;
        Extras.IsDeactivationAsked = true;
    }

    private void DeactivateIfQuiet(TurnSlot slot)
    {
        if (_state != ActivationState.Active || _runningCount != 0 || !TryMove(ActivationState.Active, ActivationState.Deactivating)) return;
        var startedMs = BeginStep(slot);
        Host.Metrics.ShutDown(Extras.DeactivationReason.ReasonCode);
        _ = DeactivateAsync();
        EndStep(slot, startedMs);
    }

    private async Task DeactivateAsync()
    {
        var extras = Extras;
        DisposeTimers();
        using var timeout = new CancellationTokenSource(Host.DeactivationTimeout, Host.Clock.Time);
        try
        {
            extras.SequenceSweep?.Dispose();
            if (extras.Sequences is { } sequences) await sequences.CloseAllAsync();
            if (_instance is IGrainBase grain) await grain.OnDeactivateAsync(extras.DeactivationReason, timeout.Token).WaitAsync(Host.DeactivationTimeout, Host.Clock.Time);
            if (extras.Lifecycle is { } lifecycle) await lifecycle.StopAsync(timeout.Token).WaitAsync(Host.DeactivationTimeout, Host.Clock.Time);
            if (extras.MoveTarget is { } target) Dehydrate(target);
        }
        catch (Exception e)
        {
            // It goes all the same: what could not be saved is not more saved by staying.
            Host.LogDeactivationFailed(e, GrainId);
        }

        await LeaveAsync(Reroute);
    }

    /// <summary>Takes it out of the catalog and hands on the calls that it has not started.</summary>
    private async Task LeaveAsync(Action<GrainCall> handOn)
    {
        await DisposeInstance();
        if (!TryMove(ActivationState.Deactivating, ActivationState.Gone)) return;
        TakeOut();
        HandOnAll(handOn);
        if (_extras is { } extras) extras.Deactivated.TrySetResult();
        Host.Metrics.Deactivated();
    }

    private async ValueTask DisposeInstance()
    {
        try
        {
            if (Class.Configurators is not null && _instance is { } made && GetComponent(typeof(IGrainActivator)) is IGrainActivator activator) await InTime(activator.DisposeInstance(this, made));
            else if (_instance is IAsyncDisposable asyncDisposable) await InTime(asyncDisposable.DisposeAsync());
            else if (_instance is IDisposable disposable) disposable.Dispose();
            if (_extras?.Scope is { } scope) await InTime(scope.DisposeAsync());
        }
        catch (Exception e)
        {
            Host.LogDeactivationFailed(e, GrainId);
        }
    }

    // A disposal that never ends must not keep the grain from its next activation.
    private ValueTask InTime(ValueTask disposing) => disposing.IsCompleted ? disposing : new(disposing.AsTask().WaitAsync(Host.DeactivationTimeout, Host.Clock.Time));

    private void Reroute(GrainCall call)
    {
        Host.Metrics.Rerouted();
        Host.Router.Route(call);
    }

    private static void HandOn(GrainCall? first, Action<GrainCall> handOn)
    {
        while (first is not null)
        {
            var next = first.Next;
            first.Next = null;

            // What was meant for this very activation, a timer's tick, ends with it.
            if (!first.Is(CallFlags.Bound)) handOn(first);
            first = next;
        }
    }

    public void DisposeTimers()
    {
        if (_extras?.Timers is not { } timers) return;
        foreach (var timer in timers.ToArray()) timer.Dispose();
    }

    public void AddTimer(GrainTimer timer) => (Extras.Timers ??= []).Add(timer);

    public void RemoveTimer(GrainTimer timer) => _extras?.Timers?.Remove(timer);
}
