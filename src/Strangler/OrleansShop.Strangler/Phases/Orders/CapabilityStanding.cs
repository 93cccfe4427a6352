namespace OrleansShop.Strangler.Phases.Orders;

/// <summary>How a capability stands: everything about it that orders change. Immutable.</summary>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.CapabilityStanding")]
public sealed record CapabilityStanding
{
    /// <summary>How far the capability has moved.</summary>
    [Id(0)]
    public CapabilityPhase Phase { get; init; } = CapabilityPhase.Monolith;

    /// <summary>How many orders have changed it.</summary>
    [Id(1)]
    public long Epoch { get; init; }

    /// <summary>In Canary, the share of the entities that the grains are to own, from 0 to 100; else 0.</summary>
    [Id(2)]
    public int Percent { get; init; }

    /// <summary>Where lists and searches are answered from.</summary>
    [Id(3)]
    public ListSide Lists { get; init; } = ListSide.Monolith;

    /// <summary>Whether sweeps stand still.</summary>
    [Id(4)]
    public bool IsPaused { get; init; }

    /// <summary>In Canary at 0 %: whether the capability goes on to Monolith when the sweep has returned everything.</summary>
    [Id(5)]
    public bool IsRollingBack { get; init; }
}
