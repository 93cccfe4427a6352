using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Clinic.Owners;
using OrleansShop.Clinic.Pets;
using OrleansShop.Clinic.Testing.Crashing;
using OrleansShop.Clinic.Vets;
using OrleansShop.Clinic.Visits;
using OrleansShop.ServiceDefaults;
using OrleansShop.ServiceDefaults.Silos;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Events;
using OrleansShop.Strangler.Outbox;

namespace OrleansShop.Clinic.Testing;

/// <summary>The four services as one application with one silo.</summary>
internal static class ServicesUnderTest
{
    public static Task<RunningApplication> StartAsync(
        string bridge, DirectoryInfo folder, Dictionary<string, string?> settings, ConcurrentQueue<CloudEvent> published, CrashPoint? crash, TimeProvider? time) => RunningApplication.StartAsync(
        configure => Create(configure, published, crash, time),
        new(settings)
        {
            ["Storage:DataFolder"] = folder.FullName,
            ["Strangler:Bridge:Address"] = bridge,

            // Silos in memory cluster by this name, and tests run side by side.
            ["Cluster:Id"] = folder.Name,
        });

    private static WebApplication Create(Action<WebApplicationBuilder> configure, ConcurrentQueue<CloudEvent> published, CrashPoint? crash, TimeProvider? time)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddCapabilityFile();
        configure(builder);
        if (time is not null) builder.Services.AddSingleton(time);
        builder.AddServiceDefaults("services");
        builder.AddOwners().AddPets().AddVets().AddVisits();
        builder.AddSilo();
        builder.Services.Wrap<IEventTransport>(transport => new RecordedTransport(transport, published));
        if (crash is not null) builder.Services.AddCrashPoint(crash);

        var application = builder.Build();
        application.MapServiceDefaults();
        return application.MapOwners().MapPets().MapVets().MapVisits();
    }
}
