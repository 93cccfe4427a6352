namespace OrleansShop.Engine.Streams.DeadLetters;

/// <summary>A service that says of each stream provider with dead letters that it has some: keyed services cannot be listed.</summary>
/// <param name="Name">The provider's name.</param>
public sealed record ProviderWithDeadLetters(string Name);
