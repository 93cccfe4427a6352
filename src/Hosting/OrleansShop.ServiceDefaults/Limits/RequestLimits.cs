using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OrleansShop.ServiceDefaults.Limits;

/// <summary>Bounds what a client can send before any of our code runs.</summary>
internal static class RequestLimits
{
    private const int LastResortFactor = 8;

    internal static void UseRequestLimits(this WebApplication app) => app.UseMiddleware<RequestLimitsMiddleware>();

    internal static void AddRequestLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RequestLimitOptions>()
            .BindConfiguration(RequestLimitOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();

        builder.Services.AddOptions<KestrelServerOptions>()
            .Configure<IOptions<RequestLimitOptions>>(static (kestrel, limits) =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = limits.Value.MaxRequestBodyBytes;

                // Above ours, so that ours can answer with a problem; what is beyond these is cut off with a bare 431.
                kestrel.Limits.MaxRequestHeadersTotalSize = limits.Value.MaxRequestHeadersBytes * LastResortFactor;
                kestrel.Limits.MaxRequestHeaderCount = limits.Value.MaxRequestHeaderCount * LastResortFactor;
                kestrel.Limits.RequestHeadersTimeout = limits.Value.RequestHeadersTimeout;
            });
    }
}
