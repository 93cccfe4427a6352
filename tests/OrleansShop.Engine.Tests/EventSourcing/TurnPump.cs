namespace OrleansShop.Engine.Tests.EventSourcing;

/// <summary>Runs turns one after the other on the thread of the test, in the order in which they were queued: what happens depends on the test alone.</summary>
internal sealed class TurnPump : TaskScheduler
{
    private readonly Queue<Task> _turns = new();

    /// <summary>Runs something as a turn, and whatever follows from it.</summary>
    public void Do(Action action)
    {
        var turn = Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.None, this);
        RunAll();
        turn.GetAwaiter().GetResult();
    }

    /// <summary>Runs what waits to run, and whatever follows from it.</summary>
    public void RunAll()
    {
        while (_turns.TryDequeue(out var turn)) TryExecuteTask(turn);
    }

    /// <summary>The result of a task that has come to its end.</summary>
    public static T ResultOf<T>(Task<T> task)
    {
        Xunit.Assert.True(task.IsCompleted, "The task has not come to its end.");

        // It is complete: nothing blocks.
        var result = task.GetAwaiter().GetResult();
        return result;
    }

    protected override void QueueTask(Task task) => _turns.Enqueue(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _turns;
}
