using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using OrleansShop.Engine.DynamoDB.Reminders;

namespace Orleans.Hosting;

/// <summary>Adds reminders in DynamoDB to the services of a silo.</summary>
public static class DynamoDBServiceCollectionReminderExtensions
{
    /// <summary>Keeps reminders in DynamoDB.</summary>
    public static IServiceCollection UseDynamoDBReminderService(this IServiceCollection services, Action<DynamoDBReminderStorageOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddReminders();
        services.AddOptions<DynamoDBReminderStorageOptions>()
            .Configure<IOptions<DynamoDBReminderTableOptions>>(static (options, text) => options.ParseConnectionString(text.Value.ConnectionString))
            .Configure(configure);
        services.AddTransient<IConfigurationValidator, ReminderStorageOptionsValidator>();
        services.AddSingleton<IReminderTable>(static provider => new DynamoDBReminderTable(
            provider.GetRequiredService<IOptions<DynamoDBReminderStorageOptions>>().Value,
            provider.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId,
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetRequiredService<ILogger<DynamoDBReminderTable>>()));
        return services;
    }
}
