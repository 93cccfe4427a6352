using Orleans.Runtime;
using OrleansShop.Engine.Reminders.Protocol;

namespace OrleansShop.Engine.Services;

/// <summary>A range without gaps.</summary>
internal sealed record SingleRange(HashRange Range) : ISingleRange
{
    public uint Begin => Range.Begin;

    public uint End => Range.End;

    public bool InRange(uint value) => Range.Contains(value);

    public override string ToString() => $"({Begin:x8}, {End:x8}]";
}
