using Orleans.EventSourcing.LogStorage;
using Orleans.Runtime;
using Orleans.Storage;

namespace OrleansShop.Engine.EventSourcing.LogStorage;

/// <summary>Keeps a whole log as one state in grain storage.</summary>
internal sealed class LogRecordStore<TView, TEntry>(IGrainStorage storage, string name, GrainId grain, string writer, Action<TView, TEntry> apply) : ILogStore<TView, TEntry>
    where TView : class, new()
    where TEntry : class
{
    private readonly LogRecord<LogStateWithMetaData<TEntry>> _record = new(storage, name, grain, writer, static state => state.WriteVector);

    public Task<LogSnapshot<TView>> ReadAsync(LogSnapshot<TView> known, CancellationToken cancellationToken) =>
        _record.ReadAsync(known, state => (Apply(new TView(), state.Log), state.GlobalVersion), cancellationToken);

    public async Task<LogSnapshot<TView>?> AppendAsync(LogSnapshot<TView> known, IReadOnlyList<TEntry> entries, CancellationToken cancellationToken)
    {
        var (stored, version) = (_record.Known, known.Version + entries.Count);
        await _record.AppendAsync(new() { Log = [.. stored.Log, .. entries], WriteVector = WriteMarks.Add(stored.WriteVector, writer, version) }, entries.Count, cancellationToken);
        return new LogSnapshot<TView>(Apply(known.View, entries), version);
    }

    public async Task<LogSnapshot<TView>> ClearAsync(CancellationToken cancellationToken)
    {
        await _record.ClearAsync(cancellationToken);
        return new LogSnapshot<TView>(new TView(), 0);
    }

    public IReadOnlyList<TEntry> Segment(int fromVersion, int toVersion) => _record.Known.Log.GetRange(fromVersion, toVersion - fromVersion);

    private TView Apply(TView view, IReadOnlyList<TEntry> entries)
    {
        foreach (var entry in entries) apply(view, entry);
        return view;
    }
}
