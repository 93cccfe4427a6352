namespace OrleansShop.Engine.Tests.Serialization.Generated;

/// <summary>A type that is not ours to change.</summary>
internal sealed class Foreign(int number)
{
    public int Number => number;
}

[GenerateSerializer]
internal struct ForeignSurrogate
{
    [Id(0)] public int Number;
}

[RegisterConverter]
internal sealed class ForeignConverter : IConverter<Foreign, ForeignSurrogate>
{
    public Foreign ConvertFromSurrogate(in ForeignSurrogate surrogate) => new(surrogate.Number);

    public ForeignSurrogate ConvertToSurrogate(in Foreign value) => new() { Number = value.Number };
}

[GenerateSerializer]
internal sealed record HoldsForeign(Foreign Foreign, List<Foreign?> More);
