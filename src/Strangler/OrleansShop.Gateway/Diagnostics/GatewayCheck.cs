using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrleansShop.Gateway.Forwarding;
using OrleansShop.Gateway.Phases;

namespace OrleansShop.Gateway.Diagnostics;

/// <summary>
/// Ready once configuration and phases are loaded, which is before the first request. Backends are told of, but do not count: a gateway that left the
/// load balancer because a service is down would take the other capabilities with it.
/// </summary>
internal sealed class GatewayCheck(PhaseBook phases, Backends backends) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var standing = phases.Current.Phases.Select(static entry => $"{entry.Key}: {entry.Value.Phase}");
        var processes = backends.All.Select(static backend =>
            $"{backend.Name}: {backend.Destinations.Count(static process => process.IsReady)} of {backend.Destinations.Length} ready");
        return Task.FromResult(HealthCheckResult.Healthy($"Phases: {string.Join(", ", standing)}. Backends: {string.Join(", ", processes)}."));
    }
}
