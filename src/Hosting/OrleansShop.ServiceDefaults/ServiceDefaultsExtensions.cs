using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansShop.ServiceDefaults.Health;
using OrleansShop.ServiceDefaults.Limits;
using OrleansShop.ServiceDefaults.Problems;
using OrleansShop.ServiceDefaults.Telemetry;

namespace OrleansShop.ServiceDefaults;

/// <summary>What every process of the system has in common, in two calls: one on the builder, one on the application.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Adds limits on requests, problem details, health checks, graceful shutdown and telemetry.</summary>
    /// <param name="builder">The builder of the process.</param>
    /// <param name="serviceName">The name that telemetry carries, such as <c>gateway</c> or <c>owners</c>.</param>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder, string serviceName)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddLogDefaults();
        builder.AddLogLevels();
        builder.AddRequestLimits();
        builder.AddProblems();
        builder.AddHealth();
        builder.AddTelemetry(serviceName);
        return builder;
    }

    /// <summary>
    /// Puts limits and error handling first in the pipeline and maps <c>/health/live</c> and <c>/health/ready</c>.
    /// Call it before any other <c>Use</c> or <c>Map</c>.
    /// </summary>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        app.UseRequestLimits();
        app.UseProblems();
        app.UseRouting();
        app.MapHealth();
        return app;
    }
}
