namespace Orleans;

/// <summary>What can be done with a task that nobody waits for.</summary>
public static class PublicOrleansTaskExtensions
{
    /// <summary>Looks at the task's exception when it ends, so that it does not count as unobserved.</summary>
    public static void Ignore(this Task task)
    {
        if (task.IsCompleted)
            _ = task.Exception;
        else
            _ = task.ContinueWith(
                static ended => _ = ended.Exception, CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
