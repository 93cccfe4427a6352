using System.Runtime.CompilerServices;

namespace OrleansShop.Engine.Serialization;

public sealed partial class PayloadReader
{
    // Objects by number, from 1 at index 0: null while being read by a codec that creates it last, a marker if it was skipped.
    private ObjectSlot[] _objects = new ObjectSlot[16];
    private int _objectCount;
    private int _lastObject;

    /// <summary>
    /// Begins to read an object. Returns false if there is nothing to read, because it is null or a reference: then
    /// <paramref name="existing"/> is the result. If true, <see cref="SetObject"/> says which object it is, as early as possible, and
    /// <see cref="TryReadField"/> reads the fields up to the end.
    /// </summary>
    /// <param name="tag">The field's tag.</param>
    /// <param name="existing">The object, if there is nothing to read.</param>
    /// <param name="slot">The place of the new object among those that can be referred to; 0 if it has none.</param>
    /// <exception cref="PayloadException">The field is no object, or refers to one of another type, or objects nest too deep.</exception>
    public bool TryBegin<T>(FieldTag tag, out T? existing, out int slot)
        where T : class
    {
        existing = null;
        slot = 0;
        switch (tag.WireType)
        {
            case WireType.Object:
                slot = ++_lastObject;
                if (slot > _objectCount) AddSlot();
                else if (_objects[slot - 1].Object is not (null or SkippedObject))
                {
                    // Only when an object that was skipped is read later, and another that it contains was needed before.
                    existing = AsExpected<T>(slot, _objects[slot - 1].Object!);
                    SkipFields();
                    return false;
                }

                Deeper();
                return true;
            case WireType.Value:
                Deeper();
                return true;
            case WireType.Reference:
                existing = ReadReference<T>(tag);
                return false;
            default:
                throw Fault($"an object ({typeof(T)}) was expected and a {tag.WireType} field was found");
        }
    }

    /// <summary>
    /// Reads a packed object's bytes. Returns false if there are none to read, because it is one that was met before, which happens only when
    /// an object that was skipped is read later.
    /// </summary>
    internal bool TryReadPackedObject<T>(out ReadOnlySpan<byte> bytes, out T? existing, out int slot)
        where T : class
    {
        existing = null;
        slot = ++_lastObject;
        if (slot > _objectCount) AddSlot();
        else if (_objects[slot - 1].Object is not (null or SkippedObject)) existing = AsExpected<T>(slot, _objects[slot - 1].Object!);
        bytes = ReadCountedBytes();
        return existing is null;
    }

    /// <summary>
    /// Begins to read an object if the field is one that was not met before, which is nearly always so. If not, <see cref="TryBegin"/>
    /// knows the other cases.
    /// </summary>
    /// <remarks>Hot path: not generic, because a shared generic method would look its type argument up.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryBeginNew(FieldTag tag, out int slot)
    {
        slot = _objectCount + 1;
        if (!tag.Is(WireType.Object) || _depth >= _maxDepth || !TryNumber(slot)) return false;
        _depth++;
        return true;
    }

    /// <summary>The same for a packed object, whose bytes are read too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryBeginNewPacked(FieldTag tag, out ReadOnlySpan<byte> bytes, out int slot)
    {
        slot = _objectCount + 1;
        bytes = default;
        if (!tag.Is(WireType.PackedObject) || !TryNumber(slot)) return false;
        bytes = ReadCountedBytes();
        return true;
    }

    /// <summary>Begins to read a value; <see cref="TryReadField"/> reads its fields up to the end. Returns false if it is null instead.</summary>
    /// <exception cref="PayloadException">The field is no value, or values nest too deep.</exception>
    public bool TryBeginValue(FieldTag tag)
    {
        if (!Expect(tag, WireType.Value)) return false;
        Deeper();
        return true;
    }

    /// <summary>Says which object began in <paramref name="slot"/>, so that fields can refer to it.</summary>
    public void SetObject(int slot, object value)
    {
        if (slot != 0) _objects[slot - 1].Object = value;
    }

    /// <summary>Whether the field is null. If so it is read.</summary>
    public bool TryReadNull(FieldTag tag)
    {
        if (tag.WireType != WireType.Reference || Remaining == 0 || At(_position) != 0) return false;
        _position++;
        return true;
    }

    /// <summary>Reads any object, by the runtime type that stands in front of it.</summary>
    /// <exception cref="PayloadException">The payload does not say the type, or it is not one that a payload may create, or not a <typeparamref name="T"/>.</exception>
    public T? ReadRuntimeTyped<T>(FieldTag tag)
    {
        if (tag.HasType) return ReadRuntimeTyped<T>(tag, declared: null);
        if (TryReadNull(tag)) return default;
        if (tag.WireType == WireType.Reference) return (T?)ReadReference<object>(tag, typeof(T));
        throw Fault($"a {tag.WireType} field without a type was found where any {typeof(T)} can stand");
    }

    internal T? ReadRuntimeTyped<T>(FieldTag tag, Codec? declared)
    {
        var type = _fieldType.Resolve(this);
        var codec = type == declared?.ValueType ? declared! : Codecs.GetForRuntimeType(type);
        var plain = tag.WithoutType();
        if (plain.WireType == WireType.Reference)
        {
            var known = ReadReference<object>(plain, codec);
            return known is null ? default : known is T fits ? fits : throw Fault($"the object referred to is a {known.GetType()} and a {typeof(T)} was expected");
        }

        // A chain of types in front of types could otherwise recurse without a level.
        Deeper();
        var value = codec.ReadUntyped(this, plain);
        _depth--;
        return value is null ? default : value is T expected ? expected : throw Fault($"a {value.GetType()} was found where a {typeof(T)} was expected");
    }

    private T? ReadReference<T>(FieldTag tag)
        where T : class
        => ReadReference<T>(tag, declared: null);

    private T? ReadReference<T>(FieldTag tag, Codec? declared)
        where T : class
    {
        var number = ReadRawVarInt();
        if (number == 0) return null;
        if (number > (ulong)_objectCount) throw Fault($"a field refers to object {number} and {_objectCount} have begun");
        var slot = (int)number;
        return _objects[slot - 1].Object switch
        {
            T known and not SkippedObject => known,
            SkippedObject skipped => AsExpected<T>(slot, ReadSkipped(slot, skipped, declared ?? Codecs.Get<T>())),
            null => throw Fault($"a field refers to object {number}, which is of a kind that cannot contain itself"),
            var other => AsExpected<T>(slot, other),
        };
    }

    private object? ReadReference<T>(FieldTag tag, Type expected)
        where T : class
    {
        var known = ReadReference<T>(tag);
        if (known is not null && !expected.IsInstanceOfType(known)) throw Fault($"the object referred to is a {known.GetType()} and a {expected} was expected");
        return known;
    }

    private T AsExpected<T>(int slot, object known)
        where T : class
        => known as T ?? throw Fault($"object {slot} is a {known.GetType()} and a {typeof(T)} was expected");

    /// <summary>Gives the number after the last one to an object, if the reader is where it has been the furthest and there is a place for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryNumber(int slot)
    {
        if (_lastObject != slot - 1 || slot > _objects.Length) return false;
        _lastObject = _objectCount = slot;
        return true;
    }

    private void AddSlot()
    {
        if (_objectCount == _objects.Length) Array.Resize(ref _objects, 2 * _objectCount);
        _objectCount++;
    }

    private void ForgetObjects()
    {
        var objects = _objects;
        if (objects.Length > 4096) _objects = new ObjectSlot[16];
        else
        {
            // Few objects: a loop of its own is done before a general one has begun.
            for (var i = Math.Min(_objectCount, objects.Length) - 1; i >= 0; i--) objects[i] = default;
        }

        _objectCount = _lastObject = 0;
    }

    private void Deeper()
    {
        if (++_depth > _maxDepth) throw Fault($"objects nest deeper than {_maxDepth} levels");
    }

    // A struct, because storing an object into an array of objects would check its type.
    private struct ObjectSlot
    {
        public object? Object;
    }
}
