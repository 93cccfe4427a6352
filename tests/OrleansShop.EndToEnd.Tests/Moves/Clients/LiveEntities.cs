namespace OrleansShop.EndToEnd.Tests.Moves.Clients;

/// <summary>The entities that clients work with now, and those that they have deleted lately. Thread-safe.</summary>
internal sealed class LiveEntities
{
    private const int MaxGone = 12;

    private readonly Lock _lock = new();

    // Both guarded by _lock.
    private readonly List<LiveEntity> _live = [];
    private readonly Queue<LiveEntity> _gone = new();

    public IReadOnlyList<LiveEntity> All
    {
        get
        {
            lock (_lock) return [.. _live];
        }
    }

    public void Add(LiveEntity entity)
    {
        lock (_lock) _live.Add(entity);
    }

    public int CountOf(string kind)
    {
        lock (_lock) return _live.Count(entity => entity.Kind == kind);
    }

    public LiveEntity? Pick(Random random, string? kind = null)
    {
        lock (_lock)
        {
            var candidates = kind is null ? _live : [.. _live.Where(entity => entity.Kind == kind)];
            return candidates.Count == 0 ? null : candidates[random.Next(candidates.Count)];
        }
    }

    public LiveEntity? PickGone(Random random)
    {
        lock (_lock) return _gone.Count == 0 ? null : _gone.ElementAt(random.Next(_gone.Count));
    }

    /// <summary>An entity is about to be deleted, with what belongs to it: nobody picks it any more but to see that it is gone.</summary>
    public void Remove(LiveEntity entity)
    {
        lock (_lock)
        {
            var leaving = new List<LiveEntity> { entity };
            for (var at = 0; at < leaving.Count; at++) leaving.AddRange(_live.Where(child => Running.EntityKinds.ParentOf(child.Kind) == leaving[at].Kind && child.Parent == leaving[at].Id));
            foreach (var left in leaving)
            {
                _live.Remove(left);
                _gone.Enqueue(left);
            }

            while (_gone.Count > MaxGone) _gone.Dequeue();
        }
    }
}

/// <summary>An entity that a client has made.</summary>
internal sealed record LiveEntity(string Kind, long Id, long? Parent);
