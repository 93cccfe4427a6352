using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using OrleansShop.Benchmarks.Engine;
using OrleansShop.ServiceDefaults;
using OrleansShop.ServiceDefaults.Silos;
using OrleansShop.Strangler.Phases;

namespace OrleansShop.Benchmarks.Gateway;

/// <summary>An owner that is an answer and nothing else: what is measured is the way to it.</summary>
[Alias("bench.IOwnerAnswerGrain")]
internal interface IOwnerAnswerGrain : IGrainWithIntegerKey
{
    ValueTask<byte[]> GetAsync();
}

/// <inheritdoc cref="IOwnerAnswerGrain"/>
[GrainType(OwnerServiceRole.Kind)]
internal sealed class OwnerAnswerGrain(ILocalSiloDetails silo) : Grain, IOwnerAnswerGrain
{
    private readonly byte[] _answer = [.. System.Text.Encoding.UTF8.GetBytes(silo.SiloAddress.ToParsableString().PadRight(512))];

    public ValueTask<byte[]> GetAsync() => new(_answer);
}

/// <summary>One of several processes of a service: a silo of a cluster in a file, and <c>GET /petclinic/api/owners/{id}</c>, which asks the owner's grain wherever it is.</summary>
internal static class OwnerServiceRole
{
    /// <summary>The kind of entity. Not <c>owner</c>, which the clinic's own grain in this program has.</summary>
    public const string Kind = "bench-owner";

    /// <summary>Says in an answer's header whether the request was taken by another silo than the one that executed it.</summary>
    public const string HopHeader = "X-Hop";

    /// <summary>Starts it. <paramref name="folder"/> is what its processes share, <paramref name="name"/> is its own.</summary>
    public static async Task<WebApplication> StartAsync(string folder, string name)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Cluster:Id"] = "bench",
            ["Cluster:Membership"] = "File",
            ["Cluster:File"] = Path.Combine(folder, "members.json"),
            ["Cluster:GatewayPort"] = BenchmarkSilo.FreePort().ToString(CultureInfo.InvariantCulture),
            ["Storage:DataFolder"] = Path.Combine(folder, name),
        });
        builder.AddServiceDefaults("owners");
        builder.AddServiceGrains(new ServiceGrains("owners", [typeof(OwnerAnswerGrain)]));
        builder.AddSilo();

        var application = builder.Build();
        application.MapServiceDefaults();
        application.MapGet("/strangler/owners", static () => new CapabilityStatus("owners", CapabilityPhase.Grains, Epoch: 1, ChangedAt: null, By: null, Lists: ListSide.Grains));
        application.MapGet("/petclinic/api/owners/{ownerId:long}", async (HttpContext http, long ownerId, IGrainFactory grains, ILocalSiloDetails silo) =>
        {
            var answer = await grains.GetGrain<IOwnerAnswerGrain>(ownerId).GetAsync();
            var here = System.Text.Encoding.UTF8.GetBytes(silo.SiloAddress.ToParsableString());
            http.Response.Headers[HopHeader] = answer.AsSpan().StartsWith(here) ? "0" : "1";
            http.Response.ContentLength = answer.Length;
            await http.Response.Body.WriteAsync(answer);
        });
        await application.StartAsync();
        return application;
    }
}
