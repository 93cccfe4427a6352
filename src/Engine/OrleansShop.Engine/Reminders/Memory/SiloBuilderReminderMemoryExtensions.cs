using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using OrleansShop.Engine.Reminders.Memory;

namespace Orleans.Hosting;

/// <summary>Adds reminders in memory: for development and tests.</summary>
public static class SiloBuilderReminderMemoryExtensions
{
    /// <summary>Keeps reminders in the memory of the process. The silos of one cluster in one process share them; they end with the process.</summary>
    public static ISiloBuilder UseInMemoryReminderService(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddReminders();
        builder.Services.AddSingleton<IReminderTable>(static services =>
        {
            var cluster = services.GetRequiredService<IOptions<ClusterOptions>>().Value;
            return MemoryReminderTable.Of(cluster.ServiceId, cluster.ClusterId);
        });
        return builder;
    }
}
