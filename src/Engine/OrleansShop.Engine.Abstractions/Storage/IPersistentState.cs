using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>A state that is injected into a grain's constructor, see <see cref="PersistentStateAttribute"/>, and loaded before <c>OnActivateAsync</c>.</summary>
/// <typeparam name="TState">The state.</typeparam>
public interface IPersistentState<TState> : IStorage<TState>;
