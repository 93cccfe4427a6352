namespace Orleans.EventSourcing.CustomStorage;

/// <summary>What a grain implements that stores its log itself.</summary>
/// <typeparam name="TState">The state.</typeparam>
/// <typeparam name="TDelta">The events.</typeparam>
public interface ICustomStorageInterface<TState, TDelta>
{
    /// <summary>Returns the version and the state that are stored; version 0 if nothing is. The state is the grain's from then on.</summary>
    Task<KeyValuePair<int, TState>> ReadStateFromStorage();

    /// <summary>Stores events, all or none, if the stored version is the expected one. If it throws, it is asked again, whether or not they were stored.</summary>
    /// <param name="updates">The events, in order.</param>
    /// <param name="expectedVersion">The version before them.</param>
    /// <returns>False if another version is stored.</returns>
    Task<bool> ApplyUpdatesToStorage(IReadOnlyList<TDelta> updates, int expectedVersion);

    /// <summary>Removes what is stored.</summary>
    /// <exception cref="NotSupportedException">The grain cannot, the default.</exception>
    Task ClearStoredState() => throw new NotSupportedException($"{GetType()} cannot clear its log: it does not implement {nameof(ClearStoredState)}.");
}
