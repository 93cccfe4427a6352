using OrleansShop.Clinic.Contracts.Events;
using OrleansShop.Clinic.Hosting;
using OrleansShop.Strangler.Entities;

namespace OrleansShop.Clinic.Owners;

/// <summary>The service as a part of a process: its own executable, or one that hosts several.</summary>
public static class OwnersService
{
    /// <summary>The name of the capability, of its storage provider and of its files.</summary>
    public const string Name = "owners";

    /// <summary>Adds the grains of owners and what they need. Call it before the silo is added.</summary>
    public static WebApplicationBuilder AddOwners(this WebApplicationBuilder builder)
    {
        builder.AddClinicService<IOwnersCapabilityGrain, OwnersContent>(Name);
        builder.Services.AddEntityKind(Name, OwnerMapping.Kind, new OwnerMapping(), ClinicStreams.Owners);
        builder.Services.AddSingleton<OwnerSearch>();
        return builder;
    }

    /// <summary>Maps the part of the contract that is about owners, and what gateways ask of the capability.</summary>
    public static WebApplication MapOwners(this WebApplication application)
    {
        application.MapClinicService(Name).MapOwners();
        return application;
    }
}
