using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>
/// Healthy while every part of the silo says that it is, on either engine. On the built-in one that is the lease in the membership table: without it the silo does
/// nothing, and a process that never gets it again must be replaced.
/// </summary>
internal sealed class SiloHealthCheck(IEnumerable<IHealthCheckParticipant> participants, TimeProvider time) : IHealthCheck
{
    private readonly IHealthCheckParticipant[] _participants = [.. participants];
    private long _lastCheckTicks = DateTime.MinValue.Ticks;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var lastCheck = new DateTime(Interlocked.Exchange(ref _lastCheckTicks, time.GetUtcNow().Ticks), DateTimeKind.Utc);
        var reasons = new List<string>();
        foreach (var participant in _participants)
        {
            if (!participant.CheckHealth(lastCheck, out var reason)) reasons.Add(reason);
        }

        return Task.FromResult(reasons.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(string.Join(' ', reasons)));
    }
}
