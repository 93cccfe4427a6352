using Orleans.EventSourcing;
using Orleans.EventSourcing.StateStorage;
using Orleans.Storage;

namespace OrleansShop.Engine.EventSourcing.StateStorage;

/// <summary>Keeps the view of a log as one state in grain storage, and no entries.</summary>
internal sealed class StateRecordStore<TView, TEntry>(IGrainStorage storage, string name, string writer, ILogConsistencyProtocolServices services, Action<TView, TEntry> apply) : ILogStore<TView, TEntry>
    where TView : class, new()
    where TEntry : class
{
    private readonly LogRecord<GrainStateWithMetaData<TView>> _record = new(storage, name, services.GrainId, writer, static state => state.WriteVector);

    public Task<LogSnapshot<TView>> ReadAsync(LogSnapshot<TView> known, CancellationToken cancellationToken) =>
        _record.ReadAsync(known, static state => (state.State ??= new(), state.GlobalVersion), cancellationToken);

    public async Task<LogSnapshot<TView>?> AppendAsync(LogSnapshot<TView> known, IReadOnlyList<TEntry> entries, CancellationToken cancellationToken)
    {
        // A copy: as long as it is not stored, the confirmed view must not show it.
        var (view, version) = (Copy(known.View), known.Version + entries.Count);
        foreach (var entry in entries) apply(view, entry);
        await _record.AppendAsync(
            new(view) { GlobalVersion = version, WriteVector = WriteMarks.Add(_record.Known.WriteVector, writer, version) }, entries.Count, cancellationToken);
        return new LogSnapshot<TView>(view, version);
    }

    public async Task<LogSnapshot<TView>> ClearAsync(CancellationToken cancellationToken)
    {
        await _record.ClearAsync(cancellationToken);
        return new LogSnapshot<TView>(_record.Known.State, 0);
    }

    public IReadOnlyList<TEntry> Segment(int fromVersion, int toVersion) => throw new NotSupportedException(
        $"{services.GrainId} stores its state and not its events: it cannot return them. Use log storage (AddLogStorageBasedLogConsistencyProvider) for the grain's class to keep them.");

    private TView Copy(TView view)
    {
        try
        {
            return services.DeepCopy(view);
        }
        catch (Exception e)
        {
            // The type has no serializer; trying again would not give it one.
            throw new LogFaultException(e);
        }
    }
}
