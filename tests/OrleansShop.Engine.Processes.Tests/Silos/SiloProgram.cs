using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using OrleansShop.Engine.Hosting;
using OrleansShop.Engine.Processes.Tests.Grains;
using OrleansShop.Storage.Sqlite.GrainState;
using OrleansShop.Storage.Sqlite.Reminders;

namespace OrleansShop.Engine.Processes.Tests.Silos;

/// <summary>A silo in a process of its own. All that it shares with the others is in one folder: members, subscriptions, reminders, and what happened.</summary>
internal static class SiloProgram
{
    public const string Role = "silo";
    public const string Ready = "This silo is ready.";
    public const string Streams = "Memory";

    public static readonly TimeSpan ShortestPeriod = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(string folder, int gatewayPort)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddSingleton(_ => new Ledger(folder));
        builder.UseOrleans(silo =>
        {
            silo.UseFileClustering(MembersIn(folder));
            silo.ConfigureEndpoints(IPAddress.Loopback, siloPort: 0, gatewayPort);
            silo.Configure<ClusterOptions>(NameCluster);
            silo.AddSqliteGrainStorage("PubSubStore", options => options.Path = Path.Combine(folder, "subscriptions.db"));
            silo.AddMemoryStreams(Streams);
            silo.UseSqliteReminderService(options => options.Path = Path.Combine(folder, "reminders.db"));
            silo.Configure<ReminderOptions>(static options => options.MinimumReminderPeriod = ShortestPeriod);
        });
        using var host = builder.Build();
        await host.StartAsync();
        Console.WriteLine(Ready);
        ParentProcess.StopWithIt(host);
        await host.WaitForShutdownAsync();
    }

    public static string MembersIn(string folder) => Path.Combine(folder, "members");

    public static void NameCluster(ClusterOptions options) => (options.ClusterId, options.ServiceId) = ("processes", "processes");
}
