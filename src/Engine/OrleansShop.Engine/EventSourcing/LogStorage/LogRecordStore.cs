using Orleans;
using Orleans.EventSourcing.LogStorage;
using Orleans.Runtime;
using Orleans.Storage;

namespace OrleansShop.Engine.EventSourcing.LogStorage;

/// <summary>Keeps a whole log as one state in grain storage.</summary>
internal sealed class LogRecordStore<TView, TEntry>(IGrainStorage storage, string name, GrainId grain, string writer, Action<TView, TEntry> apply) : ILogStore<TView, TEntry>
    where TView : class, new()
    where TEntry : class
{
    private readonly UncertainAppends _uncertain = new(writer);
    private GrainState<LogStateWithMetaData<TEntry>>? _record;

    public async Task<LogSnapshot<TView>> ReadAsync(LogSnapshot<TView> known, CancellationToken cancellationToken)
    {
        var read = new GrainState<LogStateWithMetaData<TEntry>>(new());
        await storage.ReadStateAsync(name, grain, read, cancellationToken);
        read.State ??= new();
        if (_record is not null && _record.ETag == read.ETag && _record.RecordExists == read.RecordExists) return known;

        var appended = _uncertain.FoundIn(read.State.WriteVector, known.Version);
        var view = new TView();
        foreach (var entry in read.State.Log) apply(view, entry);
        _record = read;
        _uncertain.Forget();
        return new LogSnapshot<TView>(view, read.State.GlobalVersion, HasMoved: true, appended);
    }

    public async Task<LogSnapshot<TView>?> AppendAsync(LogSnapshot<TView> known, IReadOnlyList<TEntry> entries, CancellationToken cancellationToken)
    {
        var (stored, version) = (_record!.State!, known.Version + entries.Count);
        var next = new GrainState<LogStateWithMetaData<TEntry>>(
            new() { Log = [.. stored.Log, .. entries], WriteVector = WriteMarks.Add(stored.WriteVector, writer, version) }, _record.ETag)
        { RecordExists = _record.RecordExists };
        _uncertain.Add(entries.Count);
        await storage.WriteStateAsync(name, grain, next, cancellationToken);
        _record = next;
        _uncertain.Forget();
        foreach (var entry in entries) apply(known.View, entry);
        return new LogSnapshot<TView>(known.View, version);
    }

    public async Task<LogSnapshot<TView>> ClearAsync(CancellationToken cancellationToken)
    {
        var cleared = new GrainState<LogStateWithMetaData<TEntry>>(_record!.State, _record.ETag) { RecordExists = _record.RecordExists };
        await storage.ClearStateAsync(name, grain, cleared, cancellationToken);
        cleared.State = new();
        _record = cleared;
        _uncertain.Forget();
        return new LogSnapshot<TView>(new TView(), 0);
    }

    public IReadOnlyList<TEntry> Segment(int fromVersion, int toVersion) => _record!.State!.Log.GetRange(fromVersion, toVersion - fromVersion);
}
