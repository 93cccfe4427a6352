using System.Collections.Immutable;
using Orleans.Runtime;

namespace OrleansShop.Engine.Services;

/// <summary>Several ranges together.</summary>
internal sealed class UnitedRange(ImmutableArray<IRingRange> parts) : ICompositeRange
{
    public IEnumerable<ISingleRange> Pieces => parts.SelectMany(RangeFactory.GetSubRanges);

    public bool InRange(uint value) => parts.Any(part => part.InRange(value));

    public override string ToString() => parts.IsEmpty ? "nothing" : string.Join(", ", parts);
}
