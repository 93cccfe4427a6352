namespace OrleansShop.Engine.Processes.Tests.Events;

/// <summary>An event.</summary>
/// <param name="Stream">The key of its stream.</param>
/// <param name="Number">Counts the orders of the stream, from 0.</param>
[GenerateSerializer]
[Immutable]
internal sealed record Order([property: Id(0)] string Stream, [property: Id(1)] int Number)
{
    /// <summary>The same whenever the same order is published again.</summary>
    public string EventId => $"{Stream}-{Number}";
}
