using OrleansShop.Clinic.Contracts.Events;
using OrleansShop.Clinic.Hosting;
using OrleansShop.Clinic.Visits.Reminders;
using OrleansShop.Clinic.Visits.Reminders.Mail;
using OrleansShop.Strangler.Entities;

namespace OrleansShop.Clinic.Visits;

/// <summary>The service as a part of a process: its own executable, or one that hosts several.</summary>
public static class VisitsService
{
    /// <summary>The name of the capability, of its storage provider and of its files.</summary>
    public const string Name = "visits";

    /// <summary>Adds the grains of visits and what they need. Call it before the silo is added.</summary>
    public static WebApplicationBuilder AddVisits(this WebApplicationBuilder builder)
    {
        builder.AddClinicService<IVisitsCapabilityGrain, VisitsContent>(Name);
        builder.Services.AddEntityKind(Name, VisitMapping.Kind, new VisitMapping(), ClinicStreams.Visits);
        builder.Services.AddSingleton<VisitRows>();
        builder.Services.AddVisitReminders(VisitReminderOptionsReader.Read(builder.Configuration));
        return builder;
    }

    /// <summary>Maps the part of the contract that is about visits, what gateways ask of the capability, and how reminders stand.</summary>
    public static WebApplication MapVisits(this WebApplication application)
    {
        application.MapClinicService(Name).MapVisits();
        application.MapVisitReminders();
        return application;
    }

    /// <summary>Where visit reminders go, for people: a server, or a folder of <c>.eml</c> files.</summary>
    public static string PlaceOfReminders(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.GetRequiredService<IMailDelivery>().Place;
    }
}
