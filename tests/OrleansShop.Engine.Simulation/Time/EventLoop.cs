namespace OrleansShop.Engine.Simulation.Time;

/// <summary>
/// Runs a world: lets the thread pool finish all that it has, then takes the next event, and so on. The pool must have one thread, so that whatever the engine
/// queues runs in one order.
/// </summary>
/// <remarks>This is a work item of that thread itself. While it runs, nothing else does: where nothing is queued then, nothing can happen before the next event.</remarks>
internal sealed class EventLoop(VirtualTime time) : IThreadPoolWorkItem
{
    // So many looks at a pool that is not idle, at one moment of virtual time: something works without end.
    private const int MostLooks = 100_000;

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<Task>? _script;
    private Task _running = Task.CompletedTask;
    private int _looks;

    /// <summary>How many events there have been.</summary>
    public long Events { get; private set; }

    /// <summary>Runs until the script, which waits in virtual time only, has ended. The world stops there, whatever is still to come.</summary>
    public Task Run(Func<Task> script)
    {
        _script = script;
        Queue();
        return _ended.Task;
    }

    /// <summary>Has the one thread of the pool do all there is. Fails if the process was not started for that.</summary>
    public static void UseOneThread()
    {
        if (!ThreadPool.SetMinThreads(1, 1) || !ThreadPool.SetMaxThreads(1, 1))
            throw new InvalidOperationException($"The thread pool cannot be limited to one thread with {Environment.ProcessorCount} processors. Start the process with DOTNET_PROCESSOR_COUNT=1.");
    }

    void IThreadPoolWorkItem.Execute()
    {
        try
        {
            if (Step())
                Queue();
        }
#pragma warning disable CA1031 // Whatever goes wrong ends the run, and is its outcome.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            _ended.TrySetException(cause);
        }
    }

    private bool Step()
    {
        if (_script is { } script)
        {
            _script = null;
            _running = script();
            return true;
        }

        if (ThreadPool.PendingWorkItemCount > 0)
        {
            if (++_looks > MostLooks)
                throw new InvalidOperationException($"The thread pool does not come to rest at {time.Now}.");
            return true;
        }

        _looks = 0;
        if (_running.IsCompleted)
        {
            _ended.TrySetFromTask(_running);
            return false;
        }

        if (!time.TryTakeNext(out var action))
            throw new InvalidOperationException($"Nothing is left to happen at {time.Now}, and the script has not ended.");
        Events++;
        action();
        return true;
    }

    // To the end of the queue of all: what the thread has queued for itself goes first.
    private void Queue() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
}
