namespace Orleans;

/// <summary>Something that starts and stops in stages that others can take part in.</summary>
public interface ILifecycleObservable
{
    /// <summary>Takes part at <paramref name="stage"/>: started from low to high, stopped from high to low.</summary>
    /// <returns>What ends the participation when it is disposed.</returns>
    IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer);
}
