namespace OrleansShop.Engine.Tests.Serialization.Generated;

[GenerateSerializer]
internal sealed class FirstVersion
{
    [Id(0)] public int Kept { get; set; }
    [Id(1)] public Node? Removed { get; set; }
    [Id(2)] public Node? Moved { get; set; }
    [Id(3)] public int Narrow { get; set; }
}

[GenerateSerializer]
internal class AddedBase
{
    [Id(0)] public int OfBase { get; set; } = 8;
}

[GenerateSerializer]
internal sealed class SecondVersion : AddedBase
{
    [Id(5)] public Node? Added { get; set; } = new();
    [Id(2)] public Node? Renamed { get; set; }
    [Id(3)] public long Wide { get; set; }
    [Id(0)] public int Kept { get; set; }
}

[GenerateSerializer]
internal sealed record FirstRecord(int Kept);

[GenerateSerializer]
internal sealed record SecondRecord(int Kept, string? Added)
{
    [Id(0)] public int More { get; init; }
}
