using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Activations;

/// <summary>Where activations live: the catalog of a silo, or the observer objects of a process.</summary>
internal interface IActivationHome
{
    /// <summary>Hands a call to its activation.</summary>
    void Deliver(GrainCall call);

    /// <summary>Takes an activation out; after this the next call to its grain finds another.</summary>
    void Remove(Activation activation);
}
