namespace OrleansShop.Engine.Tests.EventSourcing;

/// <summary>An event of the property test: nothing but a name.</summary>
[GenerateSerializer]
public sealed record Entry([property: Id(0)] string Name);

/// <summary>The state of the property test: all entries, in order, so that it can be compared with the plain list.</summary>
[GenerateSerializer]
public sealed class EntryList
{
    [Id(0)]
    public List<string> Names { get; set; } = [];
}
