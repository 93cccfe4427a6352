using System.Collections.Immutable;

namespace OrleansShop.Engine.Tests.Serialization.Generated;

[GenerateSerializer]
internal sealed record Positional(int Number, string? Text, List<int> Numbers);

[GenerateSerializer]
internal sealed record PositionalAndMore(int Number)
{
    // Numbers of members and positions of parameters count separately.
    [Id(0)] public string? Text { get; init; }
    [Id(1)] private int _hidden;

    public int Hidden { get => _hidden; init => _hidden = value; }
}

[GenerateSerializer]
internal abstract record Shape(string Name);

[GenerateSerializer]
internal record Circle(string Name, double Radius) : Shape(Name);

[GenerateSerializer]
internal sealed record Ring(string Name, double Radius, double Inner) : Circle(Name, Radius);

[GenerateSerializer]
internal sealed record NominalRecord
{
    [Id(0)] public required int Number { get; init; }
}

[GenerateSerializer]
internal sealed record GenericRecord<T>(T Value, T[] Values);

[GenerateSerializer]
internal readonly record struct Money(decimal Amount, string Currency);

[GenerateSerializer]
internal record struct Mutable(int Number, List<int>? Numbers);

[GenerateSerializer]
internal readonly struct ReadOnlyStruct
{
    [Id(0)] private readonly int _number;

    public ReadOnlyStruct(int number, int[] numbers) => (_number, Numbers) = (number, numbers);

    public int Number => _number;

    [Id(1)] public int[] Numbers { get; }
}

[GenerateSerializer]
internal struct MutableStruct
{
    [Id(0)] public int Number;
    [Id(1)] public string? Text { get; set; }
    [Id(2)] public Money? Price { readonly get; set; }
}

[GenerateSerializer]
internal struct CapturingStruct(int seed)
{
    [Id(0)] private int _seed = seed;

    public int Seed { readonly get => _seed; set => _seed = value; }
}

[GenerateSerializer, Immutable]
internal sealed record Frozen(int[] Numbers);

[GenerateSerializer]
internal sealed class WithImmutableMember
{
    [Id(0), Immutable] public int[]? Shared { get; set; }
    [Id(1)] public int[]? Copied { get; set; }
    [Id(2)] public ImmutableArray<string> Strings { get; set; } = [];
}

[GenerateSerializer, Alias("zoo.aliased")]
internal sealed record Aliased(int Number);

internal enum Tiny : byte
{
    None,
    Most = byte.MaxValue,
}

internal enum Huge : ulong
{
    Most = ulong.MaxValue,
}

internal enum Negative : long
{
    Least = long.MinValue,
}

[GenerateSerializer]
internal sealed record Enums(Tiny Tiny, Huge Huge, Negative Negative, Tiny? Perhaps, Dictionary<Tiny, DayOfWeek> Map);

[GenerateSerializer]
internal sealed record Primitives(
    bool Bool, char Char, sbyte SByte, byte Byte, short Short, ushort UShort, int Int, uint UInt, long Long, ulong ULong,
    float Float, double Double, decimal Decimal, string String, Guid Guid, DateTime DateTime, DateTimeOffset DateTimeOffset,
    TimeSpan TimeSpan, DateOnly DateOnly, TimeOnly TimeOnly, int? NullableInt, (int Left, string? Right) Tuple, Uri Uri);
