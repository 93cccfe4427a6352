namespace OrleansShop.Engine.Tests.Serialization.Generated;

internal interface IAnimal
{
    string? Name { get; }
}

[GenerateSerializer]
internal abstract class Animal : IAnimal
{
    [Id(0)] public string? Name { get; set; }
    [Id(1)] private int _legs;

    public int Legs { get => _legs; set => _legs = value; }
}

[GenerateSerializer]
internal class Dog : Animal
{
    [Id(0)] public bool Barks { get; set; }
}

[GenerateSerializer]
internal sealed class Puppy : Dog
{
    [Id(0)] public Dog? Mother { get; set; }
    [Id(1)] public List<Dog> Siblings { get; set; } = [];
}

// A level without a serializer in between holds nothing, so nothing is lost.
internal class Feline : Animal;

[GenerateSerializer]
internal sealed class Cat : Feline
{
    [Id(0)] public IAnimal? Hunts { get; set; }
    [Id(1)] public object? Anything { get; set; }
}

[GenerateSerializer]
internal class GenericBase<T>
{
    [Id(0)] public T? Value { get; set; }
}

[GenerateSerializer]
internal sealed class ClosedDerived : GenericBase<List<int>>
{
    [Id(0)] public string? Own { get; set; }
}

[GenerateSerializer]
internal sealed class OrderFailedException : InvalidOperationException
{
    public OrderFailedException(string message, int order, Exception? inner = null)
        : base(message, inner) => Order = order;

    [Id(0)] public int Order { get; }
}

[GenerateSerializer]
internal sealed class Node
{
    [Id(0)] public Node? Next { get; set; }
    [Id(1)] public List<Node> Others { get; set; } = [];
}

[GenerateSerializer, SuppressReferenceTracking]
internal sealed class Untracked
{
    [Id(0)] public int Number { get; set; }
}

[GenerateSerializer]
internal sealed class Pair
{
    [Id(0)] public object? Left { get; set; }
    [Id(1)] public object? Right { get; set; }
}
