using System.Collections.Immutable;

namespace OrleansShop.Strangler.Example.Tests.Service;

/// <summary>What the grain stores of an article: everything but its id, which is the grain's key.</summary>
[GenerateSerializer, Immutable, Alias("example.article")]
public sealed record Article(string Name, long Price, ImmutableArray<string> Tags, string Changed);
