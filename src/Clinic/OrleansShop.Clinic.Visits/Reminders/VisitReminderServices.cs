using OrleansShop.Clinic.Visits.Reminders.Mail;

namespace OrleansShop.Clinic.Visits.Reminders;

/// <summary>Adds what reminders need.</summary>
internal static class VisitReminderServices
{
    /// <summary>Adds them.</summary>
    public static IServiceCollection AddVisitReminders(this IServiceCollection services, VisitReminderOptions options)
    {
        services.AddMetrics();
        services.AddSingleton(options);
        services.AddSingleton(static provider => VisitSchedule.Of(provider, provider.GetRequiredService<VisitReminderOptions>()));
        services.AddSingleton<VisitReminderMetrics>();
        services.AddSingleton<IMailDelivery>(static provider => provider.GetRequiredService<VisitReminderOptions>() switch
        {
            { Smtp: { } smtp } => new SmtpDelivery(smtp, provider.GetRequiredService<TimeProvider>()),
            var without => new FolderDelivery(without.DropFolder),
        });
        return services;
    }
}
