namespace Orleans.EventSourcing;

/// <summary>A grain whose state is the result of its events, which may be any objects.</summary>
/// <typeparam name="TGrainState">The state. Each event needs an <c>Apply</c> method on it, unless <c>TransitionState</c> is overridden.</typeparam>
public abstract class JournaledGrain<TGrainState> : JournaledGrain<TGrainState, object>
    where TGrainState : class, new();
