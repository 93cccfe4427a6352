using System.Globalization;
using System.IO.Hashing;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Maps streams to a fixed number of queues by the hash of their ids. The ring is cut into as many equal parts as there are queues.</summary>
public class HashRingBasedStreamQueueMapper : IConsistentRingStreamQueueMapper
{
    private readonly QueueId[] _queues;

    /// <summary>Creates the mapper.</summary>
    /// <param name="options">How many queues.</param>
    /// <param name="queueNamePrefix">What the names of the queues begin with.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of queues is below 1.</exception>
    public HashRingBasedStreamQueueMapper(HashRingStreamQueueMapperOptions options, string queueNamePrefix)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(queueNamePrefix);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.TotalQueueCount, 1, $"{nameof(HashRingStreamQueueMapperOptions)}.{nameof(options.TotalQueueCount)}");
        var part = (1UL << 32) / (ulong)options.TotalQueueCount;
        _queues = [.. Enumerable.Range(0, options.TotalQueueCount).Select(i => QueueId.GetQueueId(queueNamePrefix, (uint)i, (uint)((ulong)i * part)))];
    }

    /// <inheritdoc/>
    public IEnumerable<QueueId> GetAllQueues() => _queues;

    /// <inheritdoc/>
    public QueueId GetQueueForStream(StreamId streamId)
    {
        // A second hash: neighbours among streams should not share their queue because of how StreamId hashes them.
        Span<byte> hash = stackalloc byte[sizeof(int)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(hash, streamId.GetHashCode());
        return _queues[(int)(((ulong)XxHash32.HashToUInt32(hash) * (ulong)_queues.Length) >> 32)];
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_queues.Length} queues: {_queues[0]} to {_queues[^1]}");
}
