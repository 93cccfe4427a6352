using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Engine.Reminders;

namespace Orleans.Hosting;

/// <summary>Adds reminders to a silo.</summary>
public static class SiloBuilderReminderExtensions
{
    /// <summary>Adds the reminder service. It needs an <see cref="IReminderTable"/>: the methods that add one call this too.</summary>
    public static ISiloBuilder AddReminders(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddReminders();
        return builder;
    }

    /// <summary>Adds the reminder service. It needs an <see cref="IReminderTable"/>: the methods that add one call this too.</summary>
    public static void AddReminders(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        ReminderServices.Add(services);
    }
}
