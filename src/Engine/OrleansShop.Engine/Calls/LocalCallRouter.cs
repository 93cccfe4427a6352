using Orleans.Runtime;
using OrleansShop.Engine.Activations;

namespace OrleansShop.Engine.Calls;

/// <summary>The router of a silo without a cluster: every grain is its own.</summary>
internal sealed class LocalCallRouter(ActivationCatalog catalog) : ICallRouter
{
    public void Route(GrainCall call)
    {
        call.IsolateArguments();
        catalog.Deliver(call);
    }

    public void Cancel(GrainCall call)
    {
    }

    public bool IsMine(GrainId grainId) => true;
}
