using OrleansShop.Clinic.Contracts.Events;
using OrleansShop.Clinic.Hosting;

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
        builder.Services.AddEntityKind(Name, VisitMapping.Kind, ClinicStreams.Visits, new VisitMapping());
        builder.Services.AddSingleton<VisitRows>();
        return builder;
    }

    /// <summary>Maps the part of the contract that is about visits, and the switch of the capability.</summary>
    public static WebApplication MapVisits(this WebApplication application)
    {
        application.MapClinicService(Name).MapVisits();
        return application;
    }
}
