using Orleans;

namespace OrleansShop.Engine.Streams.Events;

/// <summary>What a publisher says about the stream itself, in order with the events.</summary>
/// <param name="Error">An error; null for the end of the stream.</param>
[GenerateSerializer]
[Immutable]
internal sealed record StreamSignal([property: Id(0)] Exception? Error);
