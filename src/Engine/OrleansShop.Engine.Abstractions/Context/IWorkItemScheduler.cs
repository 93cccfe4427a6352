namespace Orleans.Runtime;

/// <summary>Runs work as turns of one activation: one at a time.</summary>
public interface IWorkItemScheduler
{
    /// <summary>Queues an action.</summary>
    void QueueAction(Action action);

    /// <summary>Queues an action that takes a state, to save a closure.</summary>
    void QueueAction(Action<object> action, object state);

    /// <summary>Queues a task that was not started.</summary>
    void QueueTask(Task task);
}
