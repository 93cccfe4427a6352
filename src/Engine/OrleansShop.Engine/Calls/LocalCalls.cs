using Orleans.Runtime;
using OrleansShop.Engine.Activations;

namespace OrleansShop.Engine.Calls;

/// <summary>Where calls that run in this process go: to an observer object, or to a grain if the process is a silo.</summary>
/// <param name="observers">The observer objects of the process.</param>
/// <param name="catalog">The activations; null in a client.</param>
/// <param name="answers">For what runs nowhere here.</param>
internal sealed class LocalCalls(LocalObservers observers, ActivationCatalog? catalog, Answers answers)
{
    /// <summary>Whether the target lives in this process whatever the ring says: one of its observers.</summary>
    public bool Runs(GrainId target) => observers.Owns(target);

    /// <summary>Runs a call whose arguments are the callee's own.</summary>
    public void Deliver(GrainCall call)
    {
        if (observers.Owns(call.TargetId)) observers.Deliver(call);
        else if (catalog is not null) catalog.Deliver(call);
        else answers.Refuse(call, new OrleansMessageRejectionException($"{call} came to a client, which hosts observers and no grains."));
    }
}
