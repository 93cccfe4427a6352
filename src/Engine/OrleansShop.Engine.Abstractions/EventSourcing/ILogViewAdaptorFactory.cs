using Orleans.Storage;

namespace Orleans.EventSourcing;

/// <summary>A log consistency provider. Registered as a service under its name as key.</summary>
public interface ILogViewAdaptorFactory
{
    /// <summary>Whether it needs a grain storage provider.</summary>
    bool UsesStorageProvider { get; }

    /// <summary>Creates the adaptor of one activation.</summary>
    /// <param name="hostGrain">The grain.</param>
    /// <param name="initialState">The view of an empty log.</param>
    /// <param name="grainTypeName">The name of the grain's class, under which storage keeps the log.</param>
    /// <param name="grainStorage">The storage provider; null if it needs none.</param>
    /// <param name="services">What the adaptor asks of the engine.</param>
    ILogViewAdaptor<TLogView, TLogEntry> MakeLogViewAdaptor<TLogView, TLogEntry>(
        ILogViewAdaptorHost<TLogView, TLogEntry> hostGrain, TLogView initialState, string grainTypeName, IGrainStorage? grainStorage, ILogConsistencyProtocolServices services)
        where TLogView : class, new()
        where TLogEntry : class;
}
