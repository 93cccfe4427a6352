using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansShop.ServiceDefaults.Ecs;

namespace OrleansShop.ServiceDefaults.Health;

/// <summary>
/// <c>/health/live</c>: the process runs and need not be replaced. <c>/health/ready</c>: it wants requests. A check takes part
/// in one or both by its tags, <see cref="LiveTag"/> and <see cref="ReadyTag"/>.
/// </summary>
public static class HealthEndpoints
{
    /// <summary>The tag of checks that decide whether the process must be replaced.</summary>
    public const string LiveTag = "live";

    /// <summary>The header of a process with a silo, in its answers about its health: the silo's address with its generation, as <see cref="SiloAddress.ToParsableString"/> writes it.</summary>
    public const string SiloHeader = "X-Silo";

    /// <summary>The tag of checks that decide whether the process gets requests.</summary>
    public const string ReadyTag = "ready";

    internal static void AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ShutdownOptions>()
            .Configure<IConfiguration>(static (shutdown, configuration) =>
            {
                if (EcsTask.IsIn(configuration)) shutdown.ReadinessDelay = EcsTask.DefaultReadinessDelay;
            })
            .BindConfiguration(ShutdownOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ShutdownOptions>, ShutdownOptionsValidator>();
        builder.Services.AddOptions<HostOptions>()
            .Configure<IOptions<ShutdownOptions>>(static (host, shutdown) => host.ShutdownTimeout = StopBudget.Of(shutdown.Value).OfHost);

        builder.Services.AddSingleton<ReadinessGate>();
        builder.Services.AddHostedService<UnreadyBeforeStopping>();
        builder.Services.AddHealthChecks()
            .AddCheck<ReadinessGateCheck>("accepting-requests", tags: [ReadyTag]);
    }

    internal static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", OptionsFor(LiveTag)).ShortCircuit();
        app.MapHealthChecks("/health/ready", OptionsFor(ReadyTag)).ShortCircuit();
    }

    private static HealthCheckOptions OptionsFor(string tag) => new()
    {
        Predicate = check => check.Tags.Contains(tag),
        ResponseWriter = WriteReportAsync,
    };

    private static Task WriteReportAsync(HttpContext http, HealthReport report)
    {
        if (http.RequestServices.GetService<ILocalSiloDetails>() is { } silo) http.Response.Headers[SiloHeader] = silo.SiloAddress.ToParsableString();
        http.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(
            http.Response.Body,
            new HealthAnswer(report.Status.ToString(), report.Entries.ToDictionary(
                static entry => entry.Key,
                static entry => new HealthAnswerEntry(entry.Value.Status.ToString(), entry.Value.Description))),
            HealthJson.Default.HealthAnswer,
            http.RequestAborted);
    }
}
