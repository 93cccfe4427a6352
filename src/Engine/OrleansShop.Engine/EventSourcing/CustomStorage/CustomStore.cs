using Orleans.EventSourcing.CustomStorage;
using Orleans.Runtime;

namespace OrleansShop.Engine.EventSourcing.CustomStorage;

/// <summary>Lets the grain store its log itself.</summary>
internal sealed class CustomStore<TView, TEntry>(ICustomStorageInterface<TView, TEntry> grain, GrainId grainId, Action<TView, TEntry> apply) : ILogStore<TView, TEntry>
    where TView : class, new()
    where TEntry : class
{
    private bool _isFirst = true;

    public async Task<LogSnapshot<TView>> ReadAsync(LogSnapshot<TView> known, CancellationToken cancellationToken)
    {
        var (version, view) = await grain.ReadStateFromStorage();
        ArgumentOutOfRangeException.ThrowIfNegative(version);
        if (version == known.Version && !_isFirst) return known;
        _isFirst = false;
        return new LogSnapshot<TView>(view ?? new TView(), version, HasMoved: true);
    }

    // If the grain throws, its contract is that it is asked again: there are no marks to look for.
    public async Task<LogSnapshot<TView>?> AppendAsync(LogSnapshot<TView> known, IReadOnlyList<TEntry> entries, CancellationToken cancellationToken)
    {
        if (!await grain.ApplyUpdatesToStorage(entries, known.Version)) return null;
        foreach (var entry in entries) apply(known.View, entry);
        return new LogSnapshot<TView>(known.View, known.Version + entries.Count);
    }

    public async Task<LogSnapshot<TView>> ClearAsync(CancellationToken cancellationToken)
    {
        await grain.ClearStoredState();
        return new LogSnapshot<TView>(new TView(), 0);
    }

    public IReadOnlyList<TEntry> Segment(int fromVersion, int toVersion) => throw new NotSupportedException(
        $"{grainId} stores its log itself (ICustomStorageInterface), which the engine cannot read events from. Read them from where the grain's ApplyUpdatesToStorage writes them.");
}
