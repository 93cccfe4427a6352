namespace OrleansShop.Engine.Streams.Providers;

/// <summary>The name of a stream provider of this process, to list them all.</summary>
internal sealed record StreamProviderName(string Name);
