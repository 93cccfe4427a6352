namespace OrleansShop.Engine.Serialization;

/// <content>
/// Stepping over fields that the reading type does not have. What they contain counts all the same: objects and types in them have
/// numbers, and a later field may refer to such an object. So their places are kept, and an object is read when it is referred to.
/// </content>
public sealed partial class PayloadReader
{
    /// <summary>Steps over a field.</summary>
    /// <exception cref="PayloadException">The bytes are not a field.</exception>
    public void Skip(FieldTag tag)
    {
        if (SkipHead(tag)) SkipFields();
    }

    /// <summary>Steps over a field up to where its own fields begin; returns false if it has none.</summary>
    private bool SkipHead(FieldTag tag)
    {
        switch (tag.WireType)
        {
            case WireType.VarInt or WireType.Reference:
                ReadRawVarInt();
                return false;
            case WireType.Fixed32:
                ReadRaw(sizeof(uint));
                return false;
            case WireType.Fixed64:
                ReadRaw(sizeof(ulong));
                return false;
            case WireType.Bytes:
                ReadCountedBytes();
                return false;
            case WireType.Object:
                NoteSkipped(tag);
                return true;
            case WireType.PackedObject:
                NoteSkipped(tag);
                ReadCountedBytes();
                return false;
            default:
                return true;
        }
    }

    /// <summary>Steps over fields up to and including the end of the object that they belong to. A loop: it takes no stack however deep they nest.</summary>
    private void SkipFields()
    {
        for (var open = 1; open > 0;)
        {
            if (!TryReadField(out var tag))
            {
                _depth++;
                open--;
            }
            else if (SkipHead(tag))
            {
                open++;
            }
        }
    }

    private void NoteSkipped(FieldTag tag)
    {
        var slot = ++_lastObject;
        if (slot <= _objectCount) return;
        AddSlot();
        _objects[slot - 1].Object = new SkippedObject(tag.WireType, _position, _lastType, tag.HasType ? _fieldType : null);
    }

    /// <summary>Goes back to an object that was skipped, reads it, and returns to where the reader was.</summary>
    private object ReadSkipped(int slot, SkippedObject skipped, Codec declared)
    {
        var (position, lastObject, lastType, depth) = (_position, _lastObject, _lastType, _depth);
        (_position, _lastObject, _lastType) = (skipped.Position, slot - 1, skipped.TypesBefore);
        Deeper();

        // The type in front of the object itself is exact; the one that the referring field has is what it was written as.
        var codec = skipped.Type is { } type ? Codecs.GetForRuntimeType(type.Resolve(this)) : declared;
        var value = codec.ReadUntyped(this, new FieldTag(skipped.WireType, 0)) ?? throw Fault("an object read as null");
        _objects[slot - 1].Object = value;

        (_position, _lastObject, _lastType, _depth) = (position, lastObject, lastType, depth);
        return value;
    }

    /// <summary>Where an object that was skipped begins.</summary>
    /// <param name="WireType">Whether it is packed.</param>
    /// <param name="Position">Behind its tag.</param>
    /// <param name="TypesBefore">How many types had been named before.</param>
    /// <param name="Type">The type in front of its tag, if one was.</param>
    private sealed record SkippedObject(WireType WireType, int Position, int TypesBefore, FieldType? Type);
}
