using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>Healthy while the silo takes part in its cluster: from the end of its start to the beginning of its stop.</summary>
internal sealed class ActiveSiloCheck : IHealthCheck, ILifecycleParticipant<ISiloLifecycle>
{
    private volatile bool _isActive;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(ActiveSiloCheck),
        ServiceLifecycleStage.Active,
        _ => Set(isActive: true),
        _ => Set(isActive: false));

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_isActive ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The silo is not an active member of its cluster."));

    private Task Set(bool isActive)
    {
        _isActive = isActive;
        return Task.CompletedTask;
    }
}
