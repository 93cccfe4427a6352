using Orleans.Runtime;

namespace OrleansShop.Engine.Services;

/// <summary>A range of several pieces.</summary>
internal interface ICompositeRange : IRingRange
{
    IEnumerable<ISingleRange> Pieces { get; }
}
