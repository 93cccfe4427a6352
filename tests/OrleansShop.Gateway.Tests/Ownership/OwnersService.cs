using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using OrleansShop.Gateway.Tests.Fixtures;
using OrleansShop.ServiceDefaults;
using OrleansShop.ServiceDefaults.Silos;
using OrleansShop.Testing.Network;

namespace OrleansShop.Gateway.Tests.Ownership;

/// <summary>A grain that says where it runs, under the name that the manifest gives to owners.</summary>
[Alias("tests.IPlaceGrain")]
public interface IPlaceGrain : IGrainWithIntegerKey
{
    Task<string> WhereAsync();
}

/// <inheritdoc cref="IPlaceGrain"/>
[GrainType("owner")]
public sealed class PlaceGrain(ILocalSiloDetails silo) : Grain, IPlaceGrain
{
    public Task<string> WhereAsync() => Task.FromResult(silo.SiloAddress.ToParsableString());
}

/// <summary>A process of a service with a real silo: it answers a request for an owner with where it was taken and where it was executed.</summary>
internal static class OwnersService
{
    public static async Task<WebApplication> StartAsync(FakeService service, DirectoryInfo folder, string members, string clusterId)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Cluster:Id"] = clusterId,
            ["Cluster:Membership"] = "File",
            ["Cluster:File"] = members,
            ["Cluster:GatewayPort"] = FreePort.Next().ToString(CultureInfo.InvariantCulture),
            ["Storage:DataFolder"] = folder.FullName,
        });
        builder.AddServiceDefaults("owners");
        builder.AddServiceGrains(new ServiceGrains("owners", [typeof(PlaceGrain)]));
        builder.AddSilo();
        var application = builder.Build();
        application.MapServiceDefaults();
        service.MapOn(application);
        application.MapGet("/petclinic/api/owners/{ownerId:long}", async (long ownerId, IGrainFactory grains, ILocalSiloDetails silo) =>
            Results.Json(new Hop(silo.SiloAddress.ToParsableString(), await grains.GetGrain<IPlaceGrain>(ownerId).WhereAsync())));
        await application.StartAsync();
        return application;
    }
}

/// <summary>Where a request was taken and where it was executed, as addresses of silos.</summary>
internal sealed record Hop(string Taken, string Executed);
