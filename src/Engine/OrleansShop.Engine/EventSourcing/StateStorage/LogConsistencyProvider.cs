using Orleans.Storage;
using OrleansShop.Engine.EventSourcing;
using OrleansShop.Engine.EventSourcing.StateStorage;

namespace Orleans.EventSourcing.StateStorage;

/// <summary>
/// Keeps the state and the version of a grain in grain storage, and not its events, which are gone when they are applied. The state is written as a whole at each append.
/// </summary>
public class LogConsistencyProvider : ILogViewAdaptorFactory
{
    /// <inheritdoc/>
    public bool UsesStorageProvider => true;

    /// <inheritdoc/>
    public ILogViewAdaptor<TView, TEntry> MakeLogViewAdaptor<TView, TEntry>(
        ILogViewAdaptorHost<TView, TEntry> hostGrain, TView initialState, string grainTypeName, IGrainStorage? grainStorage, ILogConsistencyProtocolServices services)
        where TView : class, new()
        where TEntry : class
    {
        ArgumentNullException.ThrowIfNull(grainStorage);
        return LogViews.Create(hostGrain, initialState, services, (engine, apply) => new StateRecordStore<TView, TEntry>(grainStorage, grainTypeName, engine.Writer, engine.Services, apply));
    }
}
