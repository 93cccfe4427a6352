using OrleansShop.Clinic.Contracts.Events;
using OrleansShop.Clinic.Hosting;
using OrleansShop.Strangler.Entities;

namespace OrleansShop.Clinic.Vets;

/// <summary>The service as a part of a process: its own executable, or one that hosts several.</summary>
public static class VetsService
{
    /// <summary>The name of the capability, of its storage provider and of its files.</summary>
    public const string Name = "vets";

    /// <summary>Adds the grains of vets and specialties and what they need. Call it before the silo is added.</summary>
    public static WebApplicationBuilder AddVets(this WebApplicationBuilder builder)
    {
        builder.AddClinicService<IVetsCapabilityGrain, VetsContent>(Name);
        builder.Services.AddEntityKind(Name, SpecialtyMapping.Kind, new SpecialtyMapping(), ClinicStreams.Specialties);
        builder.Services.AddEntityKind(Name, VetMapping.Kind, new VetMapping(), ClinicStreams.Vets);
        builder.Services.AddSingleton<VetRows>();
        return builder;
    }

    /// <summary>Maps the part of the contract that is about vets and specialties, and what gateways ask of the capability.</summary>
    public static WebApplication MapVets(this WebApplication application)
    {
        var api = application.MapClinicService(Name);
        api.MapVets();
        api.MapSpecialties();
        return application;
    }
}
