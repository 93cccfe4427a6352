using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace Orleans.TestingHost;

/// <summary>Makes storage providers that fail on demand.</summary>
public static class FaultInjectionGrainStorageFactory
{
    /// <summary>Makes one around the provider that a function makes.</summary>
    public static IGrainStorage Create(IServiceProvider services, string name, Func<IServiceProvider, string, IGrainStorage> injectedGrainStorageFactory)
    {
        ArgumentNullException.ThrowIfNull(injectedGrainStorageFactory);
        return new FaultInjectionGrainStorage(
            injectedGrainStorageFactory(services, name), name, services.GetRequiredService<ILoggerFactory>(), services.GetRequiredService<IGrainFactory>(),
            services.GetRequiredService<IOptionsMonitor<FaultInjectionGrainStorageOptions>>().Get(name));
    }
}
