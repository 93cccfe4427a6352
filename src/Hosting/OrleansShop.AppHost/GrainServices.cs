using OrleansShop.Clinic.Owners;
using OrleansShop.Clinic.Pets;
using OrleansShop.Clinic.Vets;
using OrleansShop.Clinic.Visits;
using OrleansShop.ServiceDefaults;
using OrleansShop.ServiceDefaults.Silos;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.AppHost;

/// <summary>All four grain services as one application with one silo.</summary>
internal static class GrainServices
{
    public static WebApplication Create(Action<WebApplicationBuilder> configure)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddCapabilityFile();
        configure(builder);
        builder.AddServiceDefaults("services");
        builder.AddOwners();
        builder.AddPets();
        builder.AddVets();
        builder.AddVisits();
        builder.AddSilo();

        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapOwners();
        app.MapPets();
        app.MapVets();
        app.MapVisits();
        return app;
    }
}
