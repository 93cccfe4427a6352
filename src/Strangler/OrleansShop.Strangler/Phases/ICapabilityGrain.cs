using System.Collections.Immutable;
using Orleans.Concurrency;
using OrleansShop.Strangler.Phases.Orders;
using OrleansShop.Strangler.Rollout;

namespace OrleansShop.Strangler.Phases;

/// <summary>
/// The one place that says where a capability stands. The key is the capability's name. Every service has an interface of its own that
/// derives from this one, so that the grain lives in the service's silos.
/// </summary>
[Alias("OrleansShop.Strangler.ICapabilityGrain")]
public interface ICapabilityGrain : ICapabilityRollout
{
    /// <summary>Where the capability stands. Answers while an order is being stored; what it says is always stored already.</summary>
    [AlwaysInterleave]
    Task<CapabilityStatus> GetAsync();

    /// <summary>
    /// Does what an operator asks, if the rules allow it and the bridge answers. An accepted order is stored when this returns, and in force as soon as the status says that it is announced.
    /// </summary>
    Task<OrderAnswer> OrderAsync(CapabilityOrder order);

    /// <summary>Does what is left of orders: tells the ledger the epoch that it does not know yet, and ends a rollback when nothing is left to return. Calling it again changes nothing.</summary>
    Task<CapabilityStatus> SettleAsync();

    /// <summary>The orders that were taken, the newest last.</summary>
    [ReadOnly]
    Task<ImmutableArray<CapabilityTransition>> GetHistoryAsync();
}
