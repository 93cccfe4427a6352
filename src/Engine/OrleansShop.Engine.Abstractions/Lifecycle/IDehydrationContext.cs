using System.Buffers;

namespace Orleans.Runtime;

/// <summary>Collects what an activation hands over when it moves. Keys are unique.</summary>
public interface IDehydrationContext
{
    /// <summary>The keys so far.</summary>
    IEnumerable<string> Keys { get; }

    /// <summary>Adds bytes.</summary>
    void AddBytes(string key, ReadOnlySpan<byte> value);

    /// <summary>Adds the bytes that <paramref name="valueWriter"/> writes.</summary>
    void AddBytes<T>(string key, Action<T, IBufferWriter<byte>> valueWriter, T value);

    /// <summary>Adds a serializable value; false if its type has no serializer.</summary>
    bool TryAddValue<T>(string key, T? value);
}
