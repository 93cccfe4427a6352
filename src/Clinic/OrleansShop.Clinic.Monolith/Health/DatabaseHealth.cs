using System.Data.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrleansShop.Clinic.Monolith.Persistence;

namespace OrleansShop.Clinic.Monolith.Health;

/// <summary>Ready means that the database answers. The schema is there by then: nothing listens before it is.</summary>
internal sealed class DatabaseHealth(ClinicDatabase database) : IHealthCheck
{
    public const string Tag = "ready";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.PingAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (DbException failure)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", failure);
        }
    }
}
