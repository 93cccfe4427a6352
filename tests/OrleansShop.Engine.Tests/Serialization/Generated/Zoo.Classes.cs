using System.Diagnostics.CodeAnalysis;

namespace OrleansShop.Engine.Tests.Serialization.Generated;

// Classes of every kind that the generator knows. What they mean does not matter; how they are made and where they keep their values does.

[GenerateSerializer]
internal sealed class Plain
{
    [Id(0)] public int Number { get; set; }
    [Id(1)] public string? Text;
    [Id(2)] public List<string?>? Texts { get; set; }
    [Id(40)] public Dictionary<Guid, Plain?>? Children { get; set; }
    [NonSerialized] public int NotWritten;
}

[GenerateSerializer]
internal sealed class Hidden
{
    [Id(0)] private readonly int _secret;
    [Id(1)] private List<int> _numbers = [];

    private Hidden()
    {
    }

    public Hidden(int secret, params int[] numbers)
    {
        _secret = secret;
        _numbers.AddRange(numbers);
        Twice = secret * 2;
    }

    public int Secret => _secret;

    public IReadOnlyList<int> Numbers => _numbers;

    [Id(2)] public int Twice { get; }

    [Id(3)] public string? Name { get; private set; }

    [Id(4)] private DateTimeOffset At { get; set; }

    public Hidden Named(string name, DateTimeOffset at)
    {
        (Name, At) = (name, at);
        return this;
    }

    public DateTimeOffset ReadAt() => At;
}

[GenerateSerializer]
internal sealed class WithRequired
{
    [Id(0)] public required string Name { get; init; }
    [Id(1)] public required int? Count { get; set; }
    [NonSerialized] private readonly List<int> _made = [1];

    public int Made => _made.Count;
}

[GenerateSerializer]
internal sealed class SetsRequired
{
    [SetsRequiredMembers]
    public SetsRequired() => Name = "default";

    [Id(0)] public required string Name { get; set; }
}

[GenerateSerializer]
internal sealed class NoParameterlessConstructor(int number)
{
    [Id(0)] private int _number = number;

    public int Number { get => _number; set => _number = value; }
}

[GenerateSerializer(IncludePrimaryConstructorParameters = true)]
internal sealed class ByParameters(int captured, string kept, List<int> stored)
{
    private readonly List<int> _stored = stored;

    public string Kept { get; } = kept;

    public IReadOnlyList<int> Stored => _stored;

    [Id(0)] public int Extra { get; set; }

    public int Captured() => captured;
}

[GenerateSerializer(GenerateFieldIds = GenerateFieldIds.PublicProperties)]
internal sealed class ByProperties
{
    public string? Name { get; set; }
    public int Count { get; init; }
    [Id(0)] public long Explicit { get; set; }
    [field: NonSerialized] public int Ignored { get; set; }
}

[GenerateSerializer]
internal sealed class ComputedProperty
{
    [NonSerialized] private int _doubled;

    [Id(0)] public int Half { get => _doubled / 2; private set => _doubled = value * 2; }

    public static ComputedProperty Of(int half) => new() { Half = half };
}

[GenerateSerializer]
internal sealed class @class
{
    [Id(0)] public int @event;
    [Id(1)] public string? @string { get; init; }
}

internal static class Outer<TOuter>
{
    public static class Middle
    {
        [GenerateSerializer]
        public sealed class Inner<TInner>
        {
            [Id(0)] public TOuter? First { get; set; }
            [Id(1)] public TInner? Second { get; set; }
        }
    }
}

[GenerateSerializer]
internal sealed class Box<T>
{
    [Id(0)] private T? _value;

    public T? Value { get => _value; set => _value = value; }

    [Id(1)] public T? Initialised { get; init; }
}

[GenerateSerializer]
internal sealed class Constrained<TKey, TValue>
    where TKey : notnull, IComparable<TKey>
    where TValue : class, new()
{
    [Id(0)] public SortedDictionary<TKey, TValue?> Map { get; private init; } = [];

    public static Constrained<TKey, TValue> Of(TKey key) => new() { Map = { [key] = new TValue() } };
}

[GenerateSerializer]
internal sealed partial class InParts
{
    [Id(0)] public int First { get; set; }
}

internal sealed partial class InParts
{
    [Id(1)] public int Second { get; set; }
}
