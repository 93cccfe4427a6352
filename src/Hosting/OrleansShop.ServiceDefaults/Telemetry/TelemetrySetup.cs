using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using OrleansShop.Strangler.Moving;
using OrleansShop.Strangler.Outbox;

namespace OrleansShop.ServiceDefaults.Telemetry;

/// <summary>
/// Sends metrics and traces to the collector that <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names; without it nothing is collected.
/// ASP.NET Core, HttpClient, the runtime and the engine emit by themselves: their sources are subscribed to by name.
/// </summary>
internal static class TelemetrySetup
{
    private const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Meters =
    [
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime",
        "Microsoft.Orleans", "OrleansShop.Gateway", "OrleansShop.Strangler", "OrleansShop.Clinic",
    ];

    private static readonly string[] Sources =
    [
        "Microsoft.AspNetCore", "System.Net.Http", "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Application", EventPublishing.ActivitySourceName, MoveTraces.SourceName,
    ];

    /// <summary>Whether there is a collector. Without one, nobody is there to follow a trace through grains.</summary>
    internal static bool IsExported(IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration[EndpointKey]);

    internal static void AddTelemetry(this WebApplicationBuilder builder, string serviceName)
    {
        if (!IsExported(builder.Configuration)) return;

        builder.Services.AddHostedService(_ => new TelemetryExport(serviceName));
    }

    /// <summary>Owns the two providers from start to stop, so that what is buffered is sent before the process ends.</summary>
    private sealed class TelemetryExport(string serviceName) : IHostedService
    {
        private MeterProvider? _metrics;
        private TracerProvider? _traces;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            var resource = ResourceBuilder.CreateDefault().AddService(serviceName, serviceNamespace: "orleansshop");
            _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters).AddOtlpExporter().Build();
            _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources).AddOtlpExporter().Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            _metrics?.Dispose();
            _traces?.Dispose();
            return Task.CompletedTask;
        }
    }
}
