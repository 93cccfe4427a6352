using Orleans;
using Orleans.EventSourcing;
using Orleans.EventSourcing.StateStorage;
using Orleans.Storage;

namespace OrleansShop.Engine.EventSourcing.StateStorage;

/// <summary>Keeps the view of a log as one state in grain storage, and no entries.</summary>
internal sealed class StateRecordStore<TView, TEntry>(IGrainStorage storage, string name, string writer, ILogConsistencyProtocolServices services, Action<TView, TEntry> apply) : ILogStore<TView, TEntry>
    where TView : class, new()
    where TEntry : class
{
    private readonly UncertainAppends _uncertain = new(writer);
    private GrainState<GrainStateWithMetaData<TView>>? _record;

    public async Task<LogSnapshot<TView>> ReadAsync(LogSnapshot<TView> known, CancellationToken cancellationToken)
    {
        var read = new GrainState<GrainStateWithMetaData<TView>>(new());
        await storage.ReadStateAsync(name, services.GrainId, read, cancellationToken);
        read.State ??= new();
        read.State.State ??= new();
        if (_record is not null && _record.ETag == read.ETag && _record.RecordExists == read.RecordExists) return known;

        var appended = _uncertain.FoundIn(read.State.WriteVector, known.Version);
        _record = read;
        _uncertain.Forget();
        return new LogSnapshot<TView>(read.State.State, read.State.GlobalVersion, HasMoved: true, appended);
    }

    public async Task<LogSnapshot<TView>?> AppendAsync(LogSnapshot<TView> known, IReadOnlyList<TEntry> entries, CancellationToken cancellationToken)
    {
        var (stored, version) = (_record!.State!, known.Version + entries.Count);

        // A copy: as long as it is not stored, the confirmed view must not show it.
        var view = Copy(known.View);
        foreach (var entry in entries) apply(view, entry);
        var next = new GrainState<GrainStateWithMetaData<TView>>(
            new(view) { GlobalVersion = version, WriteVector = WriteMarks.Add(stored.WriteVector, writer, version) }, _record.ETag)
        { RecordExists = _record.RecordExists };
        _uncertain.Add(entries.Count);
        await storage.WriteStateAsync(name, services.GrainId, next, cancellationToken);
        _record = next;
        _uncertain.Forget();
        return new LogSnapshot<TView>(view, version);
    }

    public async Task<LogSnapshot<TView>> ClearAsync(CancellationToken cancellationToken)
    {
        var cleared = new GrainState<GrainStateWithMetaData<TView>>(_record!.State, _record.ETag) { RecordExists = _record.RecordExists };
        await storage.ClearStateAsync(name, services.GrainId, cleared, cancellationToken);
        cleared.State = new();
        _record = cleared;
        _uncertain.Forget();
        return new LogSnapshot<TView>(cleared.State.State, 0);
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
