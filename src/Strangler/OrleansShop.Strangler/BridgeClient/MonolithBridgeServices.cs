using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansShop.Strangler.Ids;

namespace OrleansShop.Strangler.BridgeClient;

/// <summary>Adds the client of the bridge.</summary>
public static class MonolithBridgeServices
{
    /// <summary>The most bytes of an answer that are read; a page of <see cref="Rows.RowQuery.MaxLimit"/> ordinary entities has some 300 KB.</summary>
    private const long MaxAnswerBytes = 16 * 1024 * 1024;

    /// <summary>
    /// Adds <see cref="IMonolithBridge"/>, <see cref="IOwnershipLedger"/> and <see cref="IdAllocator"/> as singletons, configured by <see cref="MonolithBridgeOptions"/> and
    /// <see cref="IdAllocatorOptions"/>. Needs a <see cref="TimeProvider"/>.
    /// </summary>
    public static IServiceCollection AddMonolithBridge(this IServiceCollection services)
    {
        services.AddOptions<MonolithBridgeOptions>().BindConfiguration(MonolithBridgeOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<IdAllocatorOptions>().BindConfiguration(IdAllocatorOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        // The client lives as long as the process; connections that live for ever would miss a change of the bridge's address.
        services.AddHttpClient(MonolithBridgeOptions.Section)
            .UseSocketsHttpHandler(static (handler, _) => handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigureHttpClient(static (provider, http) =>
            {
                var options = provider.GetRequiredService<IOptions<MonolithBridgeOptions>>().Value;
                http.BaseAddress = options.Address;
                http.Timeout = options.Timeout;
                http.MaxResponseContentBufferSize = MaxAnswerBytes;
                if (!string.IsNullOrEmpty(options.Key))
                {
                    http.DefaultRequestHeaders.Add(BridgeWire.KeyHeader, options.Key);
                }
            });
        services.AddSingleton<IMonolithBridge>(static provider =>
            new HttpMonolithBridge(provider.GetRequiredService<IHttpClientFactory>().CreateClient(MonolithBridgeOptions.Section)));
        services.AddSingleton<IOwnershipLedger>(static provider =>
            new HttpOwnershipLedger(provider.GetRequiredService<IHttpClientFactory>().CreateClient(MonolithBridgeOptions.Section)));
        services.AddSingleton<IdAllocator>();
        return services;
    }
}
