namespace Orleans;

/// <summary>Takes part in one stage of a start and stop.</summary>
public interface ILifecycleObserver
{
    /// <summary>Runs when the stage starts. An exception stops the start.</summary>
    Task OnStart(CancellationToken cancellationToken = default);

    /// <summary>Runs when the stage stops, if it had started.</summary>
    Task OnStop(CancellationToken cancellationToken = default);
}
