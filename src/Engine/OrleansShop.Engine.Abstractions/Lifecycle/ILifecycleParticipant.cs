namespace Orleans;

/// <summary>Something that wants to take part in a lifecycle and is asked to when that is set up.</summary>
/// <typeparam name="TLifecycleObservable">The lifecycle.</typeparam>
public interface ILifecycleParticipant<TLifecycleObservable>
    where TLifecycleObservable : ILifecycleObservable
{
    /// <summary>Subscribes to the stages of interest.</summary>
    void Participate(TLifecycleObservable lifecycle);
}
