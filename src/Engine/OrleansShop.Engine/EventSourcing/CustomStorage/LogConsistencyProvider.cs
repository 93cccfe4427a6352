using Orleans.Configuration;
using Orleans.Storage;
using OrleansShop.Engine.EventSourcing;
using OrleansShop.Engine.EventSourcing.CustomStorage;

namespace Orleans.EventSourcing.CustomStorage;

/// <summary>Lets grains store their logs themselves, through <see cref="ICustomStorageInterface{TState, TDelta}"/>.</summary>
/// <param name="options">Kept for compatibility.</param>
public class LogConsistencyProvider(CustomStorageLogConsistencyOptions options) : ILogViewAdaptorFactory
{
    /// <summary>Accepted for compatibility: there is one cluster. Null if it was not set.</summary>
    public string? PrimaryCluster => options.PrimaryCluster;

    /// <inheritdoc/>
    public bool UsesStorageProvider => false;

    /// <inheritdoc/>
    /// <exception cref="BadProviderConfigException">The grain does not implement the interface.</exception>
    public ILogViewAdaptor<TView, TEntry> MakeLogViewAdaptor<TView, TEntry>(
        ILogViewAdaptorHost<TView, TEntry> hostGrain, TView initialState, string grainTypeName, IGrainStorage? grainStorage, ILogConsistencyProtocolServices services)
        where TView : class, new()
        where TEntry : class
    {
        if (hostGrain is not ICustomStorageInterface<TView, TEntry> custom)
            throw new BadProviderConfigException($"{hostGrain?.GetType()} uses custom storage for its log and has to implement {typeof(ICustomStorageInterface<TView, TEntry>)}.");
        return LogViews.Create(hostGrain, initialState, services, (engine, apply) => new CustomStore<TView, TEntry>(custom, engine.Services.GrainId, apply));
    }
}
