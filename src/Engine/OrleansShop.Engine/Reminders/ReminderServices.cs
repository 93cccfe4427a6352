using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Runtime;
using Orleans.Timers;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Reminders;

/// <summary>The services of reminders, without a table.</summary>
internal static class ReminderServices
{
    public static void Add(IServiceCollection services)
    {
        if (services.Any(static service => service.ServiceType == typeof(ReminderService)))
            return;
        services.TryAddSingleton<SystemTargets>();

        // Whoever adds a table adds it after this, or has added it before.
        services.TryAddSingleton<IReminderTable>(static _ => throw new OrleansConfigurationException(
            "Reminders have no table: call UseInMemoryReminderService, UseSqliteReminderService, or the method of another reminder table, on the silo builder."));
        services.AddSingleton<ReminderClock>();
        services.AddSingleton<ReminderMetrics>();
        services.AddSingleton(static provider => ActivatorUtilities.CreateInstance<ReminderShare>(provider));
        services.AddSingleton<TickRecorder>();
        services.AddSingleton<LocalReminders>();
        services.AddSingleton<ReminderLoader>();
        services.AddSingleton<ReminderOwners>();
        services.AddSingleton<ReminderService>();
        services.AddSingleton<IReminderService>(static provider => provider.GetRequiredService<ReminderService>());
        services.AddSingleton<IReminderRegistry, ReminderRegistry>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(static provider => provider.GetRequiredService<ReminderService>());
        services.AddSingleton<IConfigurationValidator, ReminderOptionsValidator>();
    }
}
