using Microsoft.Extensions.Options;
using OrleansShop.Engine.Hosting;
using OrleansShop.ServiceDefaults.Health;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>A silo that hands over for longer than its process may drain is cut off in the middle of it: such a configuration does not start.</summary>
internal sealed class HandoffFitsShutdown(IOptions<ShutdownOptions> shutdown) : IValidateOptions<ClusteringOptions>
{
    public ValidateOptionsResult Validate(string? name, ClusteringOptions options)
    {
        var most = StopBudget.Of(shutdown.Value).Handoff;
        return options.HandoffTimeout <= most
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Orleans:Clustering:HandoffTimeout (environment: Orleans__Clustering__HandoffTimeout) is {options.HandoffTimeout}; it must be at most {most}, which Shutdown:StopTimeout "
                + $"({shutdown.Value.StopTimeout}), Shutdown:ReadinessDelay and Shutdown:DrainTimeout leave for it. It need not be set: it follows from them.");
    }
}
