using Orleans;
using Orleans.Runtime;

namespace OrleansShop.Engine.Calls;

/// <summary>
/// References to parts of silos, which have no place on the ring: a call goes to one silo, the one that is named. It fails at once
/// with <see cref="SiloUnavailableException"/> if that silo is dead.
/// </summary>
internal sealed class SystemTargets(ReferenceFactory references)
{
    /// <summary>The part that <paramref name="silo"/> has added to its <see cref="LocalObservers"/> under a name.</summary>
    public TInterface Of<TInterface>(SiloAddress silo, string name)
        where TInterface : ISystemTarget =>
        references.Create<TInterface>(GrainId.Create(LocalObservers.ClientType, $"{Messaging.ObserverAddress.HostedIn(silo)}+{name}"));
}
