using System.Collections.Immutable;

namespace OrleansShop.Strangler.Phases.Orders;

/// <summary>What an order's admission depends on besides the capability's own record, as it was just found.</summary>
/// <param name="OwnedByMonolith">How many of the capability's entities the monolith owns; null while there is no ledger.</param>
/// <param name="OwnedByGrains">How many the grains own; null while there is no ledger.</param>
/// <param name="Parents">The capabilities whose documents show this one's entities and whose deletions cascade into it.</param>
/// <param name="Children">The capabilities that this one's deletions cascade into.</param>
public sealed record OrderFacts(
    long? OwnedByMonolith,
    long? OwnedByGrains,
    ImmutableArray<CapabilityStatus> Parents,
    ImmutableArray<CapabilityStatus> Children)
{
    /// <summary>How many entities have acknowledged writes that the monolith's rows lack; always 0 where the replication does not lag.</summary>
    public long Behind { get; init; }

    /// <summary>Nothing is known because nothing is asked for.</summary>
    public static OrderFacts None { get; } = new(OwnedByMonolith: null, OwnedByGrains: null, Parents: [], Children: []);
}
