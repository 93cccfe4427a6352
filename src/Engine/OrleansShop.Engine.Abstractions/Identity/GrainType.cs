using System.Diagnostics;
using System.Runtime.Serialization;

namespace Orleans.Runtime;

/// <summary>The name of a kind of grain, the part of a grain id before the slash. Several names may exist for one interface, one for each class.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct GrainType : IEquatable<GrainType>, IComparable<GrainType>, ISerializable, ISpanFormattable
{
    private readonly IdSpan _value;

    /// <summary>Takes <paramref name="id"/> as the name.</summary>
    public GrainType(IdSpan id) => _value = id;

    /// <summary>Takes UTF-8 bytes as the name. The array must not change afterwards.</summary>
    public GrainType(byte[] value) => _value = new IdSpan(value);

    private GrainType(SerializationInfo info, StreamingContext context) => _value = new IdSpan((byte[])info.GetValue(nameof(Value), typeof(byte[]))!);

    /// <summary>The name.</summary>
    public IdSpan Value => _value;

    /// <summary>Whether there is no name.</summary>
    public bool IsDefault => _value.IsDefault;

    /// <summary>The name's bytes.</summary>
    public ReadOnlySpan<byte> AsSpan() => _value.AsSpan();

    /// <summary>Takes <paramref name="value"/> as the name.</summary>
    public static GrainType Create(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        return new GrainType(IdSpan.Create(value));
    }

    /// <summary>Returns the name's array itself, not a copy. It must not be changed.</summary>
    public static byte[]? UnsafeGetArray(GrainType id) => IdSpan.UnsafeGetArray(id._value);

    /// <summary>A hash that is the same in every process: xxHash32 of the name's bytes.</summary>
    public uint GetUniformHashCode() => _value.GetUniformHashCode();

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <inheritdoc/>
    public bool Equals(GrainType obj) => _value.Equals(obj._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GrainType other && Equals(other);

    /// <inheritdoc/>
    public int CompareTo(GrainType other) => _value.CompareTo(other._value);

    /// <inheritdoc/>
    public void GetObjectData(SerializationInfo info, StreamingContext context)
    {
        ArgumentNullException.ThrowIfNull(info);
        info.AddValue(nameof(Value), IdSpan.UnsafeGetArray(_value) ?? []);
    }

    /// <summary>Whether both are the same name.</summary>
    public static bool operator ==(GrainType left, GrainType right) => left.Equals(right);

    /// <summary>Whether they are different names.</summary>
    public static bool operator !=(GrainType left, GrainType right) => !left.Equals(right);

    /// <summary>The name.</summary>
    public static explicit operator IdSpan(GrainType kind) => kind._value;

    /// <summary>The name as a grain type.</summary>
    public static explicit operator GrainType(IdSpan id) => new(id);

    /// <inheritdoc/>
    public override string ToString() => _value.ToString();

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        _value.TryFormat(destination, out charsWritten);
}
