using Orleans;
using Orleans.Core.Internal;
using Orleans.Runtime;

namespace OrleansShop.Engine.Activations;

/// <summary>Lets others end or move an activation, through a reference to its grain.</summary>
internal sealed class GrainManagementExtension(IGrainContextAccessor accessor) : IGrainManagementExtension
{
    // Made in a turn of the activation that it belongs to.
    private readonly IGrainContext _activation = accessor.GrainContext;

    public ValueTask DeactivateOnIdle()
    {
        _activation.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "The grain was asked from outside to deactivate."));
        return default;
    }

    public ValueTask MigrateOnIdle()
    {
        _activation.Migrate(RequestContext.Current);
        return default;
    }
}
