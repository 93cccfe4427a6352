namespace OrleansShop.Engine.Calls;

/// <summary>
/// Connects the caller's cancellation token with the one that the callee sees. They are two, so that callbacks which the callee
/// registers run in its own turns and not on the thread that cancels.
/// </summary>
internal sealed class CallCancellation
{
    private CancellationTokenRegistration _registration;
    private volatile bool _completed;

    /// <summary>The caller's token; default on the callee's side of a remote call.</summary>
    public CancellationToken CallerToken;

    // The scheduler of the callee's turns, once the call has started.
    private TaskScheduler? _calleeScheduler;

    /// <summary>Where the call waits for its turn; null before and after that.</summary>
    public ICallQueue? WaitsIn;

    /// <summary>The source of the callee's token.</summary>
    public readonly CancellationTokenSource Callee = new();

    /// <summary>Watches the caller's token until the call is complete, which it may be already.</summary>
    public void Watch(Action<object?> cancelled, object state)
    {
        _registration = CallerToken.UnsafeRegister(cancelled, state);

        // Either this sees that the call is complete, or Completed sees the registration.
        Interlocked.MemoryBarrier();
        if (_completed) _registration.Unregister();
    }

    /// <summary>Stops watching the caller's token.</summary>
    public void Completed()
    {
        _completed = true;
        Interlocked.MemoryBarrier();
        _registration.Unregister();
    }

    /// <summary>The call runs now, in turns of this scheduler.</summary>
    public void Started(TaskScheduler scheduler)
    {
        WaitsIn = null;
        _calleeScheduler = scheduler;
    }

    /// <summary>Cancels the callee's token, in a turn of the callee if the call has started; takes it out of the queue if it waits there.</summary>
    public void CancelCallee(GrainCall call)
    {
        if (_calleeScheduler is { } scheduler)
        {
            _ = Task.Factory.StartNew(
                static source => ((CancellationTokenSource)source!).Cancel(), Callee, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
        }
        else
        {
            Callee.Cancel();
            WaitsIn?.Forget(call);
        }
    }
}
