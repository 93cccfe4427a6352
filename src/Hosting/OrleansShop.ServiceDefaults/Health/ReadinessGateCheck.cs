using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OrleansShop.ServiceDefaults.Health;

/// <summary>Unhealthy once the process has been told to stop.</summary>
internal sealed class ReadinessGateCheck(ReadinessGate gate) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(gate.IsOpen ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The process is stopping."));
}
