using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace OrleansShop.Engine.EventSourcing;

/// <summary>The one state in grain storage that a log is kept in, with what is known of it, and the appends that had no answer.</summary>
/// <typeparam name="TRecord">The state.</typeparam>
/// <param name="storage">Where it is.</param>
/// <param name="name">Its name there.</param>
/// <param name="grain">Whose it is.</param>
/// <param name="writer">Who writes, for the marks.</param>
/// <param name="marksOf">Returns the marks in a state.</param>
internal sealed class LogRecord<TRecord>(IGrainStorage storage, string name, GrainId grain, string writer, Func<TRecord, string> marksOf)
    where TRecord : class, new()
{
    private readonly UncertainAppends _uncertain = new(writer);
    private GrainState<TRecord>? _known;

    /// <summary>What was read or written last; there is none before the first reading.</summary>
    public TRecord Known => _known!.State!;

    /// <summary>Returns the log that is stored, or <paramref name="known"/> if nothing has changed. What <paramref name="open"/> throws leaves all as it was.</summary>
    public async Task<LogSnapshot<TView>> ReadAsync<TView>(LogSnapshot<TView> known, Func<TRecord, (TView View, int Version)> open, CancellationToken cancellationToken)
    {
        var read = new GrainState<TRecord>(new());
        await storage.ReadStateAsync(name, grain, read, cancellationToken);
        read.State ??= new();
        if (_known is not null && _known.ETag == read.ETag && _known.RecordExists == read.RecordExists) return known;

        var appended = _uncertain.FoundIn(marksOf(read.State), known.Version);
        var (view, version) = open(read.State);
        _known = read;
        _uncertain.Forget();
        return new LogSnapshot<TView>(view, version, HasMoved: true, appended);
    }

    /// <summary>Stores a state with so many more entries, if what is stored is what is known.</summary>
    public async Task AppendAsync(TRecord next, int entries, CancellationToken cancellationToken)
    {
        var written = new GrainState<TRecord>(next, _known!.ETag) { RecordExists = _known.RecordExists };
        _uncertain.Add(entries);
        await storage.WriteStateAsync(name, grain, written, cancellationToken);
        _known = written;
        _uncertain.Forget();
    }

    /// <summary>Removes the state, if what is stored is what is known.</summary>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        var cleared = new GrainState<TRecord>(_known!.State, _known.ETag) { RecordExists = _known.RecordExists };
        await storage.ClearStateAsync(name, grain, cleared, cancellationToken);
        cleared.State = new();
        _known = cleared;
        _uncertain.Forget();
    }
}
