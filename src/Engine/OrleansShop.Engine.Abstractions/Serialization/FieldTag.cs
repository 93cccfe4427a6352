namespace OrleansShop.Engine.Serialization;

/// <summary>How the bytes of a field are laid out, so that a reader that does not know the field can step over it.</summary>
public enum WireType : byte
{
    /// <summary>A variable-length unsigned integer of 1 to 10 bytes; signed values are zig-zag encoded.</summary>
    VarInt = 0,

    /// <summary>Four bytes, little-endian.</summary>
    Fixed32 = 1,

    /// <summary>Eight bytes, little-endian.</summary>
    Fixed64 = 2,

    /// <summary>A variable-length byte count, then that many bytes.</summary>
    Bytes = 3,

    /// <summary>Fields until an <see cref="EndObject"/> tag; a value that is not tracked by reference.</summary>
    Value = 4,

    /// <summary>Fields until an <see cref="EndObject"/> tag; an object that later fields can refer to by its position in the payload.</summary>
    Object = 5,

    /// <summary>A variable-length number: 0 is null, n is the n-th <see cref="Object"/> that began in this payload.</summary>
    Reference = 6,

    /// <summary>The end of the innermost open <see cref="Value"/> or <see cref="Object"/>.</summary>
    EndObject = 7,
}

/// <summary>What stands before each field's bytes.</summary>
/// <param name="WireType">The layout of the bytes that follow.</param>
/// <param name="IdDelta">The field's id less the id of the field before it in the same object; the first field counts from 0.</param>
/// <param name="HasType">Whether the runtime type follows, because it is not the type that the field declares.</param>
public readonly record struct FieldTag(WireType WireType, uint IdDelta, bool HasType);
