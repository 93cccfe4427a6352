namespace Orleans;

/// <summary>A lifecycle from the side that runs it: started and stopped as a whole.</summary>
public interface ILifecycleSubject : ILifecycleObservable, ILifecycleObserver;
