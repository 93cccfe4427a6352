namespace OrleansShop.Engine.Serialization;

/// <summary>Objects that were met, each with what was noted for it: a number when writing, its copy when copying.</summary>
/// <remarks>
/// Hot path: the first sixteen objects are found by a scan, which beats hashing at that length and allocates nothing once the
/// table exists; a dictionary takes over after that.
/// </remarks>
internal sealed class ReferenceTable<TNote>
{
    private const int Scanned = 16;

    // Keys and notes side by side in a struct: storing an object into an array of objects would check its type.
    private readonly Entry[] _entries = new Entry[Scanned];
    private Dictionary<object, TNote>? _rest;
    private int _count;

    /// <summary>How many objects were added.</summary>
    public int Count => _count;

    /// <summary>Adds an object unless it is there; if it is, returns false and what was noted for it.</summary>
    public bool TryAdd(object key, TNote note, out TNote known)
    {
        var entries = _entries;
        var count = _count;
        if ((uint)count >= (uint)entries.Length) return TryAddToRest(key, note, out known);
        for (var i = 0; i < count; i++)
        {
            if (ReferenceEquals(entries[i].Key, key))
            {
                known = entries[i].Note;
                return false;
            }
        }

        ref var entry = ref entries[count];
        entry.Key = key;
        entry.Note = note;
        _count = count + 1;
        known = note;
        return true;
    }

    public bool TryGet(object key, out TNote note)
    {
        var entries = _entries;
        var scanned = Math.Min(_count, entries.Length);
        for (var i = 0; i < scanned; i++)
        {
            if (ReferenceEquals(entries[i].Key, key))
            {
                note = entries[i].Note;
                return true;
            }
        }

        if (_count > Scanned) return _rest!.TryGetValue(key, out note!);
        note = default!;
        return false;
    }

    public void Add(object key, TNote note)
    {
        var index = _count++;
        if (index < Scanned)
        {
            ref var entry = ref _entries[index];
            entry.Key = key;
            entry.Note = note;
        }
        else
        {
            (_rest ??= new Dictionary<object, TNote>(ReferenceEqualityComparer.Instance)).Add(key, note);
        }
    }

    /// <summary>Forgets everything, so that a pooled table keeps no object alive.</summary>
    public void Clear()
    {
        // Few entries: a loop of its own is done before a general one has begun.
        var entries = _entries;
        for (var i = Math.Min(_count, entries.Length) - 1; i >= 0; i--) entries[i] = default;

        // A dictionary that one large payload blew up would be swept at every later use.
        if (_count > 4096) _rest = null;
        else if (_count > Scanned) _rest!.Clear();
        _count = 0;
    }

    private bool TryAddToRest(object key, TNote note, out TNote known)
    {
        if (TryGet(key, out known)) return false;
        Add(key, note);
        return true;
    }

    private struct Entry
    {
        public object? Key;
        public TNote Note;
    }
}
