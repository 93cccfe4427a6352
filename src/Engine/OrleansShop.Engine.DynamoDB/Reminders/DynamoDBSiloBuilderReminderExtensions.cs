using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Adds reminders in DynamoDB to a silo.</summary>
public static class DynamoDBSiloBuilderReminderExtensions
{
    /// <summary>Keeps reminders in DynamoDB.</summary>
    public static ISiloBuilder UseDynamoDBReminderService(this ISiloBuilder builder, Action<DynamoDBReminderStorageOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.UseDynamoDBReminderService(configure);
        return builder;
    }
}
