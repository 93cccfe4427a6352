using Orleans;
using Orleans.Runtime;

namespace OrleansShop.Engine.Sqs.Streams.Adapting;

/// <summary>The engine's binary form of a message. What was published stays bytes, so that the agent need not know the types of events.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Body">Events and request context.</param>
/// <param name="IsSignal">Whether it is the end of the stream or an error.</param>
[GenerateSerializer]
[Immutable]
internal sealed record SqsPayload([property: Id(0)] StreamId Stream, [property: Id(1)] byte[] Body, [property: Id(2)] bool IsSignal);
