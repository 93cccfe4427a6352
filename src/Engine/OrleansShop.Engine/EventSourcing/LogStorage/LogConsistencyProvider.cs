using Orleans.Storage;
using OrleansShop.Engine.EventSourcing;
using OrleansShop.Engine.EventSourcing.LogStorage;

namespace Orleans.EventSourcing.LogStorage;

/// <summary>
/// Keeps the whole log of a grain as one state in grain storage. All of it is read at once and written at each append: for logs that stay short.
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
        return LogViews.Create(hostGrain, initialState, services, (engine, apply) => new LogRecordStore<TView, TEntry>(grainStorage, grainTypeName, engine.Services.GrainId, engine.Writer, apply));
    }
}
