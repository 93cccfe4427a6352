using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization.Serializers;

namespace Orleans.Storage;

/// <summary>Creates grain storage in DynamoDB.</summary>
public static class DynamoDBGrainStorageFactory
{
    /// <summary>Creates the provider of a name, with the options of that name.</summary>
    public static DynamoDBGrainStorage Create(IServiceProvider services, string name)
    {
        ArgumentNullException.ThrowIfNull(services);
        return new DynamoDBGrainStorage(
            name,
            services.GetRequiredService<IOptionsMonitor<DynamoDBStorageOptions>>().Get(name),
            services.GetRequiredService<IActivatorProvider>(),
            services.GetRequiredService<ILogger<DynamoDBGrainStorage>>(),
            services.GetService<TimeProvider>() ?? TimeProvider.System);
    }
}
