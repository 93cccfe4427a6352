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

    /// <summary>Fields until an <see cref="EndObject"/> tag; an object that later fields can refer to by its number in the payload.</summary>
    Object = 5,

    /// <summary>A variable-length number: 0 is null, n is the n-th <see cref="Object"/> that began in this payload.</summary>
    Reference = 6,

    /// <summary>The end of the innermost open <see cref="Value"/> or <see cref="Object"/>, or one of the other marks.</summary>
    EndObject = 7,

    /// <summary>
    /// A variable-length byte count, then that many bytes: an object that later fields can refer to, and that is nothing but small values
    /// one behind the other, such as a list of numbers. Its tag is one of the marks of type 7.
    /// </summary>
    PackedObject = 8,
}

/// <summary>What stands before each field's bytes.</summary>
/// <remarks>
/// On the wire: one byte, three bits of wire type above five bits of id delta; a delta of 31 or more writes 31 there and the rest as
/// a variable-length integer. The runtime type, if it has to be said, stands in front as a mark of its own (see <see cref="WireMark"/>),
/// so that a codec writes a field in the same way whether or not its type is said.
/// </remarks>
public readonly struct FieldTag : IEquatable<FieldTag>
{
    /// <summary>Deltas from here on do not fit the tag byte.</summary>
    internal const uint LongDelta = 31;

    private const uint TypeBit = 16;

    // Bits 0 to 3: wire type; bit 4: has type; bits 32 to 63: id delta. One register, and one compare for "plain field of wire type X".
    private readonly ulong _bits;

    /// <summary>Describes a field.</summary>
    public FieldTag(WireType wireType, uint idDelta, bool hasType = false)
    {
        _bits = (ulong)idDelta << 32 | (hasType ? TypeBit : 0) | (uint)wireType;
    }

    /// <summary>The layout of the bytes that follow.</summary>
    public WireType WireType => (WireType)(_bits & 0xF);

    /// <summary>The field's id less the id of the field before it in the same object; the first field counts from 0.</summary>
    public uint IdDelta => (uint)(_bits >> 32);

    /// <summary>Whether the payload says the runtime type, because it is not the type that the field declares.</summary>
    public bool HasType => (_bits & TypeBit) != 0;

    /// <summary>Whether this is a field of <paramref name="wireType"/> whose type is not said.</summary>
    internal bool Is(WireType wireType) => ((uint)_bits & 0x1F) == (uint)wireType;

    /// <summary>The same field without its type.</summary>
    internal FieldTag WithoutType() => new(WireType, IdDelta);

    /// <inheritdoc/>
    public bool Equals(FieldTag other) => _bits == other._bits;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FieldTag other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _bits.GetHashCode();

    /// <summary>Compares all three parts.</summary>
    public static bool operator ==(FieldTag left, FieldTag right) => left.Equals(right);

    /// <summary>Compares all three parts.</summary>
    public static bool operator !=(FieldTag left, FieldTag right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() => $"{WireType} field, id +{IdDelta}{(HasType ? ", with type" : "")}";
}

/// <summary>The bytes in the place of a field tag that are marks: wire type 7, and what it means in the low bits.</summary>
internal static class WireMark
{
    /// <summary>The innermost open object ends.</summary>
    public const byte End = 7 << 5;

    /// <summary>A type follows, and it is the runtime type of the field after it.</summary>
    public const byte Type = End + 1;

    /// <summary>The tag of a <see cref="WireType.PackedObject"/> with an id delta of 0; the next ones are those of 1 and up.</summary>
    public const byte Packed = End + 2;

    /// <summary>The tag of a <see cref="WireType.PackedObject"/> whose id delta follows, less what the shorter tags can say.</summary>
    public const byte FarPacked = Packed + 13;
}
