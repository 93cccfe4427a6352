using System.Diagnostics;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.Serialization;
using System.Text;
using System.Text.Json.Serialization;
using Orleans.Streams;

namespace Orleans.Runtime;

/// <summary>What names a stream at a provider: a namespace, which may be missing, and a key. As text: <c>namespace/key</c>.</summary>
[Serializable] // Without it Newtonsoft's JSON, in which states are stored, ignores ISerializable and writes nothing that can be read.
[GenerateSerializer]
[Immutable]
[JsonConverter(typeof(StreamIdJsonConverter))]
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct StreamId : IEquatable<StreamId>, IComparable<StreamId>, ISerializable, ISpanFormattable, IUtf8SpanFormattable
{
    /// <summary>The most bytes a namespace may have.</summary>
    private const int MaxNamespaceBytes = ushort.MaxValue;

    private const string NoNamespace = "null";

    // The namespace, then the key. Null only in the default value, which names no stream.
    [Id(0)]
    private readonly byte[]? _bytes;

    [Id(1)]
    private readonly ushort _namespaceLength;

    private StreamId(byte[] bytes, ushort namespaceLength)
    {
        _bytes = bytes;
        _namespaceLength = namespaceLength;
    }

    private StreamId(SerializationInfo info, StreamingContext context)
    {
        _bytes = (byte[]?)info.GetValue("fk", typeof(byte[]));
        _namespaceLength = info.GetUInt16("ki");
    }

    /// <summary>Namespace and key, one after the other.</summary>
    public ReadOnlyMemory<byte> FullKey => _bytes;

    /// <summary>The namespace in UTF-8; empty if there is none.</summary>
    public ReadOnlyMemory<byte> Namespace => _bytes.AsMemory(0, _namespaceLength);

    /// <summary>The key in UTF-8.</summary>
    public ReadOnlyMemory<byte> Key => _bytes.AsMemory(_namespaceLength);

    /// <summary>Returns the id of a stream.</summary>
    /// <param name="ns">The namespace in UTF-8; empty for none.</param>
    /// <param name="key">The key in UTF-8.</param>
    /// <exception cref="ArgumentException">There is no key, or the namespace has more than 65,535 bytes.</exception>
    public static StreamId Create(ReadOnlySpan<byte> ns, ReadOnlySpan<byte> key)
    {
        if (key.IsEmpty)
            throw new ArgumentException("A stream needs a key.", nameof(key));
        if (ns.Length > MaxNamespaceBytes)
            throw new ArgumentException($"A stream's namespace of {ns.Length} bytes is too long; at most {MaxNamespaceBytes} are allowed.", nameof(ns));
        var bytes = new byte[ns.Length + key.Length];
        ns.CopyTo(bytes);
        key.CopyTo(bytes.AsSpan(ns.Length));
        return new StreamId(bytes, (ushort)ns.Length);
    }

    /// <summary>Returns the id of a stream whose key is a Guid: 32 lower-case hexadecimal digits, as in the keys of grains.</summary>
    /// <param name="ns">The namespace; null or empty for none.</param>
    /// <param name="key">The key.</param>
    public static StreamId Create(string? ns, Guid key)
    {
        Span<byte> digits = stackalloc byte[32];
        key.TryFormat(digits, out _, "N");
        return Create(Encoding.UTF8.GetBytes(ns ?? ""), digits);
    }

    /// <summary>Returns the id of a stream whose key is a number, in decimal digits.</summary>
    /// <param name="ns">The namespace; null or empty for none.</param>
    /// <param name="key">The key.</param>
    public static StreamId Create(string? ns, long key) => Create(ns, key.ToString(CultureInfo.InvariantCulture));

    /// <summary>Returns the id of a stream.</summary>
    /// <param name="ns">The namespace; null or empty for none.</param>
    /// <param name="key">The key.</param>
    /// <exception cref="ArgumentException">There is no key, or the namespace is too long.</exception>
    public static StreamId Create(string? ns, string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Create(Encoding.UTF8.GetBytes(ns ?? ""), Encoding.UTF8.GetBytes(key));
    }

    /// <summary>Returns the id of a stream that is named in the older way.</summary>
    public static StreamId Create(IStreamIdentity streamIdentity)
    {
        ArgumentNullException.ThrowIfNull(streamIdentity);
        return Create(streamIdentity.Namespace, streamIdentity.Guid);
    }

    /// <summary>Reads what <see cref="ToString"/> wrote. The namespace ends at the first slash.</summary>
    /// <exception cref="ArgumentException">There is no slash, or nothing after it.</exception>
    public static StreamId Parse(ReadOnlySpan<byte> value)
    {
        var slash = value.IndexOf((byte)'/');
        if (slash < 0)
            throw new ArgumentException($"\"{Encoding.UTF8.GetString(value)}\" is not a stream id: it has the form namespace/key, with {NoNamespace} for no namespace.", nameof(value));
        var ns = value[..slash];
        return Create(ns.SequenceEqual("null"u8) ? default : ns, value[(slash + 1)..]);
    }

    /// <summary>Returns the key as text.</summary>
    public readonly string GetKeyAsString() => Encoding.UTF8.GetString(Key.Span);

    /// <summary>Returns the namespace as text; null if there is none.</summary>
    public readonly string? GetNamespace() => _namespaceLength == 0 ? null : Encoding.UTF8.GetString(Namespace.Span);

    /// <inheritdoc/>
    public readonly bool Equals(StreamId other) => _namespaceLength == other._namespaceLength && FullKey.Span.SequenceEqual(other.FullKey.Span);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is StreamId other && Equals(other);

    /// <summary>A hash that is the same in every process: it decides about the queue.</summary>
    public override readonly int GetHashCode() => (int)XxHash32.HashToUInt32(FullKey.Span, _namespaceLength);

    /// <inheritdoc/>
    public readonly int CompareTo(StreamId other) => FullKey.Span.SequenceCompareTo(other.FullKey.Span) is var byBytes and not 0 ? byBytes : _namespaceLength.CompareTo(other._namespaceLength);

    /// <inheritdoc/>
    public readonly void GetObjectData(SerializationInfo info, StreamingContext context)
    {
        ArgumentNullException.ThrowIfNull(info);
        info.AddValue("fk", _bytes);
        info.AddValue("ki", _namespaceLength);
    }

    /// <summary>Whether both name the same stream.</summary>
    public static bool operator ==(StreamId s1, StreamId s2) => s1.Equals(s2);

    /// <summary>Whether they name different streams.</summary>
    public static bool operator !=(StreamId s1, StreamId s2) => !s1.Equals(s2);

    /// <summary>The text form: <c>namespace/key</c>, with <c>null</c> for no namespace.</summary>
    public override readonly string ToString() => _bytes is null ? "" : $"{GetNamespace() ?? NoNamespace}/{GetKeyAsString()}";

    readonly string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    readonly bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        var text = ToString();
        charsWritten = text.TryCopyTo(destination) ? text.Length : 0;
        return charsWritten == text.Length;
    }

    readonly bool IUtf8SpanFormattable.TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        Encoding.UTF8.TryGetBytes(ToString(), utf8Destination, out bytesWritten);
}
