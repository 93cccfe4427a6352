using Orleans;
using Orleans.Runtime;

namespace OrleansShop.Engine.Streams.Memory;

/// <summary>A message on its way to the queue's next owner.</summary>
[GenerateSerializer]
[Immutable]
internal sealed record HandedOverMessage(
    [property: Id(0)] long Sequence, [property: Id(1)] StreamId Stream, [property: Id(2)] byte[] Payload, [property: Id(3)] bool IsSignal, [property: Id(4)] DateTimeOffset AddedAt, [property: Id(5)] Guid? OnlyFor)
{
    public static HandedOverMessage Of(MemoryMessage message) => new(message.Sequence, message.Stream, message.Payload, message.IsSignal, message.AddedAt, message.OnlyFor);

    public MemoryMessage ToMessage() => new(Sequence, Stream, Payload, IsSignal, AddedAt, OnlyFor);
}
