using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using OrleansShop.Engine.Serialization;
using OrleansShop.Engine.Serialization.Lookup;

namespace Orleans.Serialization;

/// <summary>Turns values of any serializable type into bytes and back. Thread-safe.</summary>
/// <remarks>
/// The bytes are one field of the declared type: read them as the type that they were written as, or as another version of it.
/// Steady state allocates the result and nothing else. A writer or reader with which something failed is not given back: the next call makes
/// another one, and where nothing fails no clean-up stands around the work. Benchmark: serializer.
/// </remarks>
public sealed class Serializer
{
    internal Serializer(CodecRegistry codecs, PayloadLimits limits)
    {
        Codecs = codecs;
        Limits = limits;
    }

    internal CodecRegistry Codecs { get; }

    internal PayloadLimits Limits { get; }

    /// <summary>Returns a serializer of one type, which saves looking its codec up each time.</summary>
    public Serializer<T> GetSerializer<T>() => new(this);

    /// <summary>Whether values of <typeparamref name="T"/> can be serialized.</summary>
    public bool CanSerialize<T>() => Codecs.Knows(typeof(T));

    /// <summary>Whether values of <paramref name="type"/> can be serialized.</summary>
    public bool CanSerialize(Type type) => Codecs.Knows(type);

    /// <summary>Returns the bytes of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="sizeHint">Not needed: the buffer is pooled and grows.</param>
    /// <exception cref="PayloadException">The value, or one in it, has no codec, or objects nest too deep.</exception>
    public byte[] SerializeToArray<T>(T value, int sizeHint = 0)
    {
        var writer = Write(value);
        var bytes = writer.ToArray();
        writer.Dispose();
        return bytes;
    }

    /// <summary>Writes the bytes of a value.</summary>
    /// <exception cref="PayloadException">The value, or one in it, has no codec, or objects nest too deep.</exception>
    public void Serialize<T, TBufferWriter>(T value, TBufferWriter destination)
        where TBufferWriter : IBufferWriter<byte>
    {
        var writer = Write(value);
        destination.Write(writer.Written);
        writer.Dispose();
    }

    /// <summary>Writes the bytes of a value.</summary>
    /// <exception cref="PayloadException">The value, or one in it, has no codec, or objects nest too deep.</exception>
    public void Serialize<T>(T value, Stream destination, int sizeHint = 0)
    {
        using var writer = Write(value);
        destination.Write(writer.Written);
    }

    /// <summary>Writes the bytes of a value into an array and returns their number.</summary>
    /// <exception cref="PayloadException">The value, or one in it, has no codec, or objects nest too deep, or the array is too short.</exception>
    public int Serialize<T>(T value, byte[] destination)
    {
        using var writer = Write(value);
        if (!writer.Written.TryCopyTo(destination)) throw new PayloadException($"The value takes {writer.Length} bytes and the array has {destination.Length}.");
        return writer.Length;
    }

    /// <summary>Returns the value in the bytes.</summary>
    /// <exception cref="PayloadException">The bytes are not a value of this type.</exception>
    [return: MaybeNull]
    public T Deserialize<T>(byte[] source)
    {
        var reader = PayloadReader.Rent(Codecs, source, 0, source.Length, Limits);
        var value = Codecs.Get<T>().ReadField(reader, reader.ReadTag());
        reader.Dispose();
        return value;
    }

    /// <summary>Returns the value in the bytes.</summary>
    /// <exception cref="PayloadException">The bytes are not a value of this type.</exception>
    [return: MaybeNull]
    public T Deserialize<T>(ReadOnlyMemory<byte> source)
    {
        using var reader = PayloadReader.Rent(Codecs, source, Limits);
        return Codecs.Get<T>().ReadField(reader, reader.ReadTag());
    }

    /// <summary>Returns the value in the bytes, which are copied first.</summary>
    /// <exception cref="PayloadException">The bytes are not a value of this type.</exception>
    [return: MaybeNull]
    public T Deserialize<T>(ReadOnlySpan<byte> source) => Deserialize<T>(source.ToArray().AsMemory());

    /// <summary>Returns the value in the bytes, which are copied first unless they are in one piece.</summary>
    /// <exception cref="PayloadException">The bytes are not a value of this type.</exception>
    [return: MaybeNull]
    public T Deserialize<T>(ReadOnlySequence<byte> source) => Deserialize<T>(source.IsSingleSegment ? source.First : source.ToArray());

    /// <summary>Reads a stream to its end and returns the value in its bytes.</summary>
    /// <exception cref="PayloadException">The bytes are not a value of this type.</exception>
    [return: MaybeNull]
    public T Deserialize<T>(Stream source)
    {
        using var bytes = new MemoryStream();
        source.CopyTo(bytes);
        return Deserialize<T>(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
    }

    private PayloadWriter Write<T>(T value)
    {
        var writer = PayloadWriter.Rent(Codecs, Limits);
        Codecs.Get<T>().WriteField(writer, idDelta: 0, value);
        return writer;
    }
}
