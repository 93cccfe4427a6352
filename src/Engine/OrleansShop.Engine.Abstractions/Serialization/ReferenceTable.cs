using System.Runtime.CompilerServices;

namespace OrleansShop.Engine.Serialization;

/// <summary>Objects that were met, each with what was noted for it: a number when writing, its copy when copying.</summary>
/// <remarks>
/// Hot path: the first sixteen objects are found by a scan, which beats hashing at that length and allocates nothing once the
/// table exists; a dictionary takes over after that.
/// </remarks>
internal sealed class ReferenceTable<TNote>
{
    private const int Scanned = 16;

    private readonly object?[] _objects = new object?[Scanned];
    private readonly TNote[] _notes = new TNote[Scanned];
    private Dictionary<object, TNote>? _rest;
    private int _count;

    /// <summary>How many objects were added.</summary>
    public int Count => _count;

    public bool TryGet(object key, out TNote note)
    {
        var objects = _objects;
        var scanned = Math.Min(_count, objects.Length);
        for (var i = 0; i < scanned; i++)
        {
            if (ReferenceEquals(objects[i], key))
            {
                note = _notes[i];
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
            _objects[index] = key;
            _notes[index] = note;
        }
        else
        {
            (_rest ??= new Dictionary<object, TNote>(ReferenceEqualityComparer.Instance)).Add(key, note);
        }
    }

    /// <summary>Forgets everything, so that a pooled table keeps no object alive.</summary>
    public void Clear()
    {
        var scanned = Math.Min(_count, Scanned);
        Array.Clear(_objects, 0, scanned);
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TNote>()) Array.Clear(_notes, 0, scanned);

        // A dictionary that one large payload blew up would be swept at every later use.
        if (_count > 4096) _rest = null;
        else if (_count > Scanned) _rest!.Clear();
        _count = 0;
    }
}
