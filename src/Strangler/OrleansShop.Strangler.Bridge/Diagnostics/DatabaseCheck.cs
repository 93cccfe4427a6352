using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Sql;

namespace OrleansShop.Strangler.Bridge.Diagnostics;

/// <summary>Healthy while the monolith's database answers and has what the manifests name.</summary>
internal sealed class DatabaseCheck(SqlMonolithBridge bridge) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await bridge.CheckSchemaAsync(cancellationToken);
            await bridge.PingAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (BridgeUnavailableException unavailable)
        {
            return HealthCheckResult.Unhealthy(unavailable.Message);
        }
        catch (CapabilityConfigurationException misfit)
        {
            return HealthCheckResult.Unhealthy($"The database lacks what {misfit.Faults.Count} configuration keys name.");
        }
    }
}
