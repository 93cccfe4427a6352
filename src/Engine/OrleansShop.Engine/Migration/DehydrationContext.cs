using System.Buffers;
using Orleans.Runtime;
using Orleans.Serialization;
using OrleansShop.Engine.Messaging.Frames;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Migration;

/// <summary>Collects what an activation hands over. In the bytes: the number of entries, then each key and its value.</summary>
internal sealed class DehydrationContext(Serializer serializer, int maxBytes) : IDehydrationContext
{
    private readonly Dictionary<string, byte[]> _values = new(StringComparer.Ordinal);
    private long _bytes;

    public IEnumerable<string> Keys => _values.Keys;

    public void AddBytes(string key, ReadOnlySpan<byte> value) => Add(key, value.ToArray());

    public void AddBytes<T>(string key, Action<T, IBufferWriter<byte>> valueWriter, T value)
    {
        ArgumentNullException.ThrowIfNull(valueWriter);
        var buffer = new ArrayBufferWriter<byte>();
        valueWriter(value, buffer);
        Add(key, buffer.WrittenSpan.ToArray());
    }

    public bool TryAddValue<T>(string key, T? value)
    {
        if (!serializer.CanSerialize<T>())
            return false;
        Add(key, serializer.SerializeToArray(value));
        return true;
    }

    /// <summary>All of it, for the wire; empty if nothing was added.</summary>
    public byte[] ToArray()
    {
        if (_values.Count == 0)
            return [];
        using var writer = PayloadWriter.Rent(serializer.Codecs);
        writer.WriteRawVarInt((uint)_values.Count);
        foreach (var (key, value) in _values)
        {
            writer.Text(key);
            writer.Block(value);
        }

        return writer.ToArray();
    }

    private void Add(string key, byte[] value)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!_values.TryAdd(key, value))
            throw new ArgumentException($"The key \"{key}\" has been handed over already. Keys are unique in an activation.", nameof(key));
        _bytes += value.Length + key.Length;
        if (_bytes > maxBytes)
        {
            throw new InvalidOperationException(
                $"With \"{key}\" the activation hands over {_bytes} bytes; SiloMessagingOptions.MaxMessageBodySize allows {maxBytes}. Store what is large, and read it again.");
        }
    }
}
