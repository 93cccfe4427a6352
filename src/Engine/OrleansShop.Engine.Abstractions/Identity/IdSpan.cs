using System.Diagnostics;
using System.IO.Hashing;
using System.Runtime.Serialization;
using System.Text;

namespace Orleans.Runtime;

/// <summary>The bytes of a key or of a type name. Immutable; equal when the bytes are equal.</summary>
/// <remarks>Holds its hash, so that dictionary look-ups and comparisons of different values rarely touch the bytes.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct IdSpan : IEquatable<IdSpan>, IComparable<IdSpan>, ISerializable, ISpanFormattable
{
    private readonly byte[]? _value;
    private readonly int _hashCode;

    /// <summary>Wraps <paramref name="value"/>, which must not change afterwards.</summary>
    public IdSpan(byte[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
        _hashCode = unchecked((int)XxHash32.HashToUInt32(value));
    }

    private IdSpan(SerializationInfo info, StreamingContext context)
    {
        _value = (byte[]?)info.GetValue(nameof(Value), typeof(byte[]));
        _hashCode = _value is null ? 0 : unchecked((int)XxHash32.HashToUInt32(_value));
    }

    private IdSpan(byte[]? value, int hashCode)
    {
        _value = value;
        _hashCode = hashCode;
    }

    /// <summary>The bytes; empty for a default value.</summary>
    public ReadOnlyMemory<byte> Value => _value;

    /// <summary>Whether this is <c>default</c> or holds no bytes.</summary>
    public bool IsDefault => _value is null or { Length: 0 };

    /// <summary>The bytes; empty for a default value.</summary>
    public ReadOnlySpan<byte> AsSpan() => _value;

    /// <summary>Creates a value from the UTF-8 form of <paramref name="id"/>.</summary>
    public static IdSpan Create(string id) => new(Encoding.UTF8.GetBytes(id));

    /// <summary>Creates a value whose hash is already known. A hash that is not <see cref="GetHashCode"/>'s of these bytes breaks equality.</summary>
    public static IdSpan UnsafeCreate(byte[]? value, int hashCode) => new(value, hashCode);

    /// <summary>Returns the array itself, not a copy. It must not be changed.</summary>
    public static byte[]? UnsafeGetArray(IdSpan id) => id._value;

    /// <summary>A hash that is the same in every process: xxHash32 of the bytes.</summary>
    public uint GetUniformHashCode() => unchecked((uint)_hashCode);

    /// <inheritdoc/>
    public override int GetHashCode() => _hashCode;

    /// <inheritdoc/>
    public bool Equals(IdSpan obj) =>
        ReferenceEquals(_value, obj._value) || (_hashCode == obj._hashCode && _value.AsSpan().SequenceEqual(obj._value));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    /// <inheritdoc/>
    public int CompareTo(IdSpan other) => _value.AsSpan().SequenceCompareTo(other._value);

    /// <inheritdoc/>
    public void GetObjectData(SerializationInfo info, StreamingContext context)
    {
        ArgumentNullException.ThrowIfNull(info);
        info.AddValue(nameof(Value), _value);
    }

    /// <summary>Whether both hold the same bytes.</summary>
    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    /// <summary>Whether they hold different bytes.</summary>
    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);

    /// <summary>The bytes read as UTF-8.</summary>
    public override string ToString() => _value is null ? "" : Encoding.UTF8.GetString(_value);

    /// <summary>Writes the bytes read as UTF-8; false if <paramref name="destination"/> is too short.</summary>
    public bool TryFormat(Span<char> destination, out int charsWritten) =>
        Encoding.UTF8.TryGetChars(_value, destination, out charsWritten);

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        TryFormat(destination, out charsWritten);
}
