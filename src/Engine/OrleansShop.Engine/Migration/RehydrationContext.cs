using System.Buffers;
using Orleans.Runtime;
using Orleans.Serialization;
using OrleansShop.Engine.Messaging.Frames;

namespace OrleansShop.Engine.Migration;

/// <summary>Gives back what a <see cref="DehydrationContext"/> collected on another silo.</summary>
internal sealed class RehydrationContext : IRehydrationContext
{
    private readonly Dictionary<string, byte[]> _values = new(StringComparer.Ordinal);
    private readonly Serializer _serializer;

    /// <exception cref="FrameException">The bytes are not what a dehydrated activation leaves.</exception>
    public RehydrationContext(byte[] dehydrated, Serializer serializer)
    {
        _serializer = serializer;
        var reader = new FrameReader(dehydrated);

        // The count is not believed: there are as many entries as there are bytes for.
        for (var left = reader.Int(); left > 0; left--)
        {
            var key = reader.Text();
            _values[key] = reader.Block().ToArray();
        }
    }

    public IEnumerable<string> Keys => _values.Keys;

    public bool TryGetBytes(string key, out ReadOnlySequence<byte> value)
    {
        var isThere = _values.TryGetValue(key, out var bytes);
        value = isThere ? new(bytes!) : default;
        return isThere;
    }

    public bool TryGetValue<T>(string key, out T? value)
    {
        if (!_values.TryGetValue(key, out var bytes) || !_serializer.CanSerialize<T>())
        {
            value = default;
            return false;
        }

        value = _serializer.Deserialize<T>(bytes);
        return true;
    }
}
