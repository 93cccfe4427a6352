using System.Collections.Immutable;
using Orleans.Concurrency;
using OrleansShop.Strangler.Phases.Orders;

namespace OrleansShop.Strangler.Phases;

/// <summary>
/// The one place that says where a capability stands. The key is the capability's name. Every service has an interface of its own that
/// derives from this one, so that the grain lives in the service's silos.
/// </summary>
[Alias("OrleansShop.Strangler.ICapabilityGrain")]
public interface ICapabilityGrain : IGrainWithStringKey
{
    /// <summary>Where the capability stands. Answers while a transition is being stored; what it says is always stored already.</summary>
    [AlwaysInterleave]
    Task<CapabilityStatus> GetAsync();

    /// <summary>
    /// Does what an operator asks, if the rules allow it and the bridge answers. An accepted order is stored when this returns, and in force as soon as the status says that it is announced.
    /// </summary>
    Task<OrderAnswer> OrderAsync(CapabilityOrder order);

    /// <summary>Does what is left of orders: tells the ledger the epoch that it does not know yet, and ends a rollback when nothing is left to return. Calling it again changes nothing.</summary>
    Task<CapabilityStatus> SettleAsync();

    /// <summary>The transitions that have ended, the newest last.</summary>
    [ReadOnly]
    Task<ImmutableArray<CapabilityTransition>> GetHistoryAsync();

    /// <summary>
    /// Begins a transition, unless the capability is there already or another transition is running. Whoever begins one renews it at least
    /// every <see cref="CapabilityGrain.Lease"/>, or it counts as abandoned.
    /// </summary>
    Task<TransitionStart> BeginAsync(CapabilityPhase target, string by);

    /// <summary>Says that an attempt is still running. False: it is not the pending one any more, and must stop without another effect.</summary>
    Task<bool> RenewAsync(long attempt);

    /// <summary>Ends an attempt; the phase changes if it succeeded. Ending the latest attempt once more gives the same answer.</summary>
    /// <exception cref="InvalidOperationException">Another attempt has begun since.</exception>
    Task<CapabilityStatus> EndAsync(long attempt, bool succeeded, string detail);
}
