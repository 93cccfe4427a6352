using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace OrleansShop.Storage.Sqlite.Reminders;

/// <summary>Adds reminders in a SQLite file.</summary>
public static class SqliteReminderTableExtensions
{
    /// <summary>Keeps reminders in a SQLite file.</summary>
    /// <exception cref="OptionsValidationException">At start, when the options are invalid.</exception>
    public static ISiloBuilder UseSqliteReminderService(this ISiloBuilder builder, Action<SqliteReminderTableOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.AddReminders();
        builder.Services.AddOptions<SqliteReminderTableOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IReminderTable>(static services => new SqliteReminderTable(
            services.GetRequiredService<IOptions<SqliteReminderTableOptions>>().Value,
            services.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId));
        return builder;
    }
}
