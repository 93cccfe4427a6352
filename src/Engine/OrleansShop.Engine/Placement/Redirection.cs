using Orleans.Runtime;

namespace OrleansShop.Engine.Placement;

/// <summary>What an activation knows that does not live with its owner.</summary>
/// <param name="owner">The silo that placed it here.</param>
/// <param name="number">The placement's number, which that silo gave out.</param>
internal sealed class Redirection(SiloAddress owner, long number)
{
    private volatile bool _isLost;

    public SiloAddress Owner => owner;

    public long Number => number;

    /// <summary>Whether a view has ended the placement: the activation is drained like those of partitions that the silo lost.</summary>
    public bool IsLost
    {
        get => _isLost;
        set => _isLost = value;
    }
}
