using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;

namespace OrleansShop.Engine.Placement;

/// <summary>Holds the ring of this process. One volatile reference to an immutable ring; only <see cref="Membership"/> replaces it.</summary>
internal sealed class RingHolder(SiloAddress? self) : IGrainLocation
{
    private volatile Ring _current = Ring.Empty(self);
    private volatile (SiloAddress Silo, PartitionSet Partitions)[] _draining = [];

    /// <summary>The ring now.</summary>
    public Ring Current => _current;

    /// <summary>The silos that still drain partitions that others own in the current view, as far as they have said so.</summary>
    public IReadOnlyList<(SiloAddress Silo, PartitionSet Partitions)> Draining => _draining;

    /// <summary>The ring was replaced: a new view, or partitions that have opened. On the thread of whoever replaces it; must return soon.</summary>
    public event Action? Replaced;

    /// <summary>Replaces the ring. Callers are serialized by whoever owns the view.</summary>
    public void Replace(Ring next)
    {
        if (next.View.Version < _current.View.Version)
            throw new InvalidOperationException($"The ring of view {next.View.Version} comes after that of view {_current.View.Version}.");
        _current = next;
        Replaced?.Invoke();
    }

    /// <summary>Notes what others still drain. Called by whoever replaces the ring.</summary>
    public void NoteDraining(IEnumerable<(SiloAddress Silo, PartitionSet Partitions)> draining) => _draining = [.. draining];

    /// <summary>Goes back to the ring before the first view. For a client that has lost its cluster.</summary>
    public void Reset() => _current = Ring.Empty(self);

    public bool TryGetOwner(GrainId grain, [NotNullWhen(true)] out SiloAddress? owner)
    {
        owner = _current.OwnerOf(grain);
        return owner is not null;
    }
}
