using Orleans.Concurrency;

namespace OrleansShop.Engine.Tests.Serialization;

[GenerateSerializer]
public class Node
{
    [Id(0)] public string? Name { get; set; }

    [Id(1)] public Node? Next { get; set; }

    [Id(2)] public List<Node> Children { get; set; } = [];

    [Id(3)] public object? Any { get; set; }
}

[GenerateSerializer]
public abstract class Animal
{
    [Id(0)] public string Name { get; set; } = "";

    [Id(1)] public int Legs { get; set; }
}

[GenerateSerializer]
public class Dog : Animal
{
    [Id(0)] public string Breed { get; set; } = "";
}

[GenerateSerializer, Alias("guide-dog")]
public sealed class GuideDog : Dog
{
    [Id(0)] public Node? Owner { get; set; }
}

[GenerateSerializer]
public sealed class Kennel
{
    [Id(0)] public Animal? First { get; set; }

    [Id(1)] public Animal? Second { get; set; }

    [Id(2)] public List<Animal> All { get; set; } = [];
}

[GenerateSerializer]
public sealed record Visit([property: Id(0)] int Pet, [property: Id(1)] DateOnly Day, [property: Id(2)] string? Description);

[GenerateSerializer]
public readonly record struct Weight([property: Id(0)] decimal Value, [property: Id(1)] string Unit);

[GenerateSerializer]
public sealed class Pair<TFirst, TSecond>
{
    [Id(0)] public TFirst First { get; set; } = default!;

    [Id(1)] public TSecond Second { get; set; } = default!;
}

[GenerateSerializer, SuppressReferenceTracking]
public sealed class Untracked
{
    [Id(0)] public int Value { get; set; }
}

[GenerateSerializer, Immutable]
public sealed class Frozen
{
    [Id(0)] public List<int> Values { get; init; } = [];
}

[GenerateSerializer]
public enum Colour : short
{
    Red = -1,
    Green = 1000,
}

[GenerateSerializer]
public sealed class Everything
{
    [Id(0)] public Colour Colour { get; set; }

    [Id(1)] public int? Count { get; set; }

    [Id(2)] public Weight Weight { get; set; }

    [Id(3)] public Weight? Heavier { get; set; }

    [Id(4)] public (int, string) Tuple { get; set; }

    [Id(5)] public Dictionary<string, List<Visit>>? Visits { get; set; }

    [Id(6)] public byte[]? Bytes { get; set; }

    [Id(7)] public Immutable<List<int>> Fixed { get; set; }

    [Id(8)] public object? Any { get; set; }

    [Id(40)] public long Far { get; set; }

    [Id(1_000_000)] public long Farther { get; set; }
}
