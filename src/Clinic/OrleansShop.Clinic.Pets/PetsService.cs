using OrleansShop.Clinic.Contracts.Events;
using OrleansShop.Clinic.Hosting;
using OrleansShop.Strangler.Entities;

namespace OrleansShop.Clinic.Pets;

/// <summary>The service as a part of a process: its own executable, or one that hosts several.</summary>
public static class PetsService
{
    /// <summary>The name of the capability, of its storage provider and of its files.</summary>
    public const string Name = "pets";

    /// <summary>Adds the grains of pets and pet types and what they need. Call it before the silo is added.</summary>
    public static WebApplicationBuilder AddPets(this WebApplicationBuilder builder)
    {
        builder.AddClinicService<IPetsCapabilityGrain, PetsContent>(Name);
        builder.Services.AddEntityKind(Name, PetTypeMapping.Kind, new PetTypeMapping(), ClinicStreams.PetTypes);
        builder.Services.AddEntityKind(Name, PetMapping.Kind, new PetMapping(), ClinicStreams.Pets);
        builder.Services.AddSingleton<PetRows>().AddSingleton<PetViews>();
        return builder;
    }

    /// <summary>Maps the part of the contract that is about pets and pet types, and what gateways ask of the capability.</summary>
    public static WebApplication MapPets(this WebApplication application)
    {
        var api = application.MapClinicService(Name);
        api.MapPets();
        api.MapPetsOfOwners();
        api.MapPetTypes();
        return application;
    }
}
