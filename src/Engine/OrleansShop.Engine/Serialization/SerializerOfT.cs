using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using OrleansShop.Engine.Serialization;

namespace Orleans.Serialization;

/// <summary>Turns values of one type into bytes and back. Thread-safe.</summary>
/// <remarks>What <see cref="Serializer"/> says about speed and failures holds here too.</remarks>
/// <typeparam name="T">The declared type; values may be of derived types.</typeparam>
public sealed class Serializer<T>
{
    private readonly Serializer _serializer;
    private readonly Codec<T> _codec;

    /// <summary>Creates the serializer.</summary>
    /// <exception cref="PayloadException">The type has no codec.</exception>
    public Serializer(Serializer serializer)
    {
        _serializer = serializer;
        _codec = serializer.Codecs.Get<T>();
    }

    /// <summary>Returns the bytes of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="sizeHint">Not needed: the buffer is pooled and grows.</param>
    /// <exception cref="PayloadException">A value in it has no codec, or objects nest too deep.</exception>
    public byte[] SerializeToArray(T value, int sizeHint = 0)
    {
        var writer = Write(value);
        var bytes = writer.ToArray();
        writer.Dispose();
        return bytes;
    }

    /// <summary>Writes the bytes of a value.</summary>
    /// <exception cref="PayloadException">A value in it has no codec, or objects nest too deep.</exception>
    public void Serialize<TBufferWriter>(T value, TBufferWriter destination)
        where TBufferWriter : IBufferWriter<byte>
    {
        var writer = Write(value);
        destination.Write(writer.Written);
        writer.Dispose();
    }

    /// <summary>Writes the bytes of a value.</summary>
    /// <exception cref="PayloadException">A value in it has no codec, or objects nest too deep.</exception>
    public void Serialize(T value, Stream destination, int sizeHint = 0)
    {
        using var writer = Write(value);
        destination.Write(writer.Written);
    }

    /// <summary>Returns the value in the bytes.</summary>
    /// <exception cref="PayloadException">The bytes are not a value of this type.</exception>
    [return: MaybeNull]
    public T Deserialize(byte[] source)
    {
        var reader = PayloadReader.Rent(_serializer.Codecs, source, 0, source.Length, _serializer.Limits);
        var value = _codec.ReadField(reader, reader.ReadTag());
        reader.Dispose();
        return value;
    }

    /// <summary>Returns the value in the bytes.</summary>
    /// <exception cref="PayloadException">The bytes are not a value of this type.</exception>
    [return: MaybeNull]
    public T Deserialize(ReadOnlyMemory<byte> source)
    {
        using var reader = PayloadReader.Rent(_serializer.Codecs, source, _serializer.Limits);
        return _codec.ReadField(reader, reader.ReadTag());
    }

    /// <summary>Returns the value in the bytes, which are copied first.</summary>
    /// <exception cref="PayloadException">The bytes are not a value of this type.</exception>
    [return: MaybeNull]
    public T Deserialize(ReadOnlySpan<byte> source) => Deserialize(source.ToArray().AsMemory());

    /// <summary>Returns the value in the bytes, which are copied first unless they are in one piece.</summary>
    /// <exception cref="PayloadException">The bytes are not a value of this type.</exception>
    [return: MaybeNull]
    public T Deserialize(ReadOnlySequence<byte> source) => _serializer.Deserialize<T>(source);

    /// <summary>Reads a stream to its end and returns the value in its bytes.</summary>
    /// <exception cref="PayloadException">The bytes are not a value of this type.</exception>
    [return: MaybeNull]
    public T Deserialize(Stream source) => _serializer.Deserialize<T>(source);

    private PayloadWriter Write(T value)
    {
        var writer = PayloadWriter.Rent(_serializer.Codecs, _serializer.Limits);
        _codec.WriteField(writer, idDelta: 0, value);
        return writer;
    }
}
