using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using OrleansShop.Engine.Processes.Tests.Silos;
using OrleansShop.Testing.Clusters;

namespace OrleansShop.Engine.Processes.Tests.Counters;

/// <summary>A client of the cluster that takes HTTP requests for counters, as a gateway does. It repeats no call: each failure is seen.</summary>
internal static class FrontProgram
{
    public static async Task RunAsync(FrontSettings settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (settings.Cluster, settings.Cluster));
            client.UseDynamoDBClustering((DynamoDBGatewayOptions options) => options.Service = settings.DynamoDB);
        });
        await using var app = builder.Build();
        app.MapPost("/counters/{key}/{id:long}", static (string key, long id, IClusterClient grains) => AnswerAsync(async () =>
        {
            var counted = await grains.GetGrain<ICounterGrain>(key).Increment(id);
            return new FrontAnswer(counted.ProcessId, counted.Count);
        }));
        app.MapGet("/counters/{key}", static (string key, IClusterClient grains) => AnswerAsync(async () =>
        {
            var counted = await grains.GetGrain<ICounterGrain>(key).Count();
            return new FrontAnswer(counted.ProcessId, counted.Count);
        }));
        app.MapPost("/counters/{key}/hold/{seconds:int}", static (string key, int seconds, IClusterClient grains) =>
            AnswerAsync(async () => new FrontAnswer(await grains.GetGrain<ICounterGrain>(key).Hold(TimeSpan.FromSeconds(seconds)), 0)));
        app.MapGet("/counters/{key}/process", static (string key, IClusterClient grains) => grains.GetGrain<ICounterGrain>(key).ProcessId());
        app.MapGet("/counters/{key}/stored", static (string key, IClusterClient grains) => grains.GetGrain<ICounterGrain>(key).Stored());
        app.MapGet("/silos", static async (IClusterClient grains) =>
            (await grains.GetGrain<IManagementGrain>(0).GetHosts()).ToDictionary(static silo => silo.Key.ToParsableString(), static silo => silo.Value.ToString()));
        await app.StartAsync();
        Console.WriteLine($"{CounterCluster.Ready}{app.Urls.Single()}");
        ParentProcess.StopWithIt(app);
        await ((IHost)app).WaitForShutdownAsync();
    }

    private static async Task<IResult> AnswerAsync(Func<Task<FrontAnswer>> call)
    {
        try
        {
            return Results.Json(await call());
        }
#pragma warning disable CA1031 // Whatever it is: the test looks at it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return Results.Json(new FrontAnswer(0, 0, failure.GetType().Name, failure.Message), statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
