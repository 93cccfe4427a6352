using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using OrleansShop.Clinic.Hosting;
using OrleansShop.ServiceDefaults.Silos;
using Xunit;

namespace OrleansShop.Clinic.Visits.Tests;

/// <summary>The service in a process of its own.</summary>
public sealed class VisitsProcessTests
{
    private static readonly ServiceProcess Visits = new(VisitsService.Name, VisitsService.AddVisits, VisitsService.MapVisits);

    [Fact]
    public void Every_fault_of_the_configuration_is_listed_at_once()
    {
        var fault = Assert.Throws<SiloConfigurationException>(() => Visits.Create(
            ["--Security:Enabled=maybe", "--Cluster:Membership=File", "--Cluster:SiloPort=none", "--Capabilities:visits:Service=nowhere"]));

        Assert.Equal(["Security:Enabled", "Cluster:SiloPort", "Cluster:File", "Capabilities:visits:Service"], fault.Faults.Select(one => one.Key));
    }

    [Fact]
    public async Task A_process_with_an_invalid_configuration_ends_with_2() => Assert.Equal(2, await Visits.RunAsync(["--Cluster:Membership=Gossip"]));

    [Fact]
    public async Task It_is_ready_when_its_silo_is_active_and_serves_its_own_part_only()
    {
        var folder = Directory.CreateTempSubdirectory("visits-process-");
        await using (var process = Visits.Create([], builder => Configure(builder, folder)))
        {
            await process.StartAsync(TestContext.Current.CancellationToken);
            using var http = new HttpClient { BaseAddress = new Uri(process.Urls.Single()) };

            Assert.Contains("\"silo-active\":{\"status\":\"Healthy\"}", await http.GetStringAsync("/health/ready", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, "/health/live"));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, "/strangler/visits"));
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(http, "/strangler/owners"));
            Assert.Equal(HttpStatusCode.MisdirectedRequest, await StatusAsync(http, "/petclinic/api/visits"));
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(http, "/petclinic/api/owners"));
            await process.StopAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(["reminders.db", "subscriptions.db", "visits.db", "visits.index.db"], folder.GetFiles("*.db").Select(file => file.Name).Order());
        folder.Delete(recursive: true);
    }

    private static void Configure(WebApplicationBuilder builder, DirectoryInfo folder)
    {
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["Storage:DataFolder"] = folder.FullName,
            ["Cluster:Id"] = folder.Name,
        });
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
