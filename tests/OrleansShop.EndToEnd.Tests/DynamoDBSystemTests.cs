using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using OrleansShop.EndToEnd.Tests.Systems;
using OrleansShop.Testing.DynamoDB;
using OrleansShop.Testing.Processes;
using Xunit;

namespace OrleansShop.EndToEnd.Tests;

/// <summary>The services cluster and keep their data in DynamoDB.</summary>
public sealed class DynamoDBSystemTests(DynamoDBFixture fixture)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Two_processes_of_a_service_share_their_data_and_all_of_it_is_there_after_all_have_been_started_again()
    {
        await using var system = await LocalSystem.StartAsync(await fixture.EndpointAsync());
        await system.ClinicAsync("add", "owners");
        foreach (var capability in new[] { "owners", "pets", "visits", "vets" })
        {
            await system.Moved.ToGrainsAsync(capability);
        }

        // The gateway takes the processes in turn, so that what one was told the other is asked.
        var names = Enumerable.Range(0, 8).Select(static number => $"Dynamo{(char)('a' + number)}").ToList();
        var ids = new Dictionary<string, string>();
        foreach (var name in names)
        {
            ids[name] = await CreateAsync(system.Client, name);
            for (var time = 0; time < 4; time++) Assert.Equal(name, await LastNameAsync(system.Client, ids[name]));
            var all = await ListAsync(system.Client, "owners");
            Assert.True(all.Contains(ids[name]), $"Owner {ids[name]} is not among {string.Join(", ", all)}.\n{system.Logs()}");
            await UntilFoundAsync(system, name, ids[name]);
        }

        using (var deleted = await system.Client.DeleteAsync($"owners/{ids[names[0]]}")) Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);

        await system.ClinicAsync("stop");
        await system.ClinicAsync("start");

        var owners = await ListAsync(system.Client, "owners");
        Assert.DoesNotContain(ids[names[0]], owners);
        using (var gone = await system.Client.GetAsync($"owners/{ids[names[0]]}")) Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        foreach (var name in names.Skip(1))
        {
            Assert.Contains(ids[name], owners);
            Assert.Equal(name, await LastNameAsync(system.Client, ids[name]));
        }

        Assert.NotEmpty(await ListAsync(system.Client, "pets"));
        Assert.NotEmpty(await ListAsync(system.Client, "vets"));
        Assert.NotEmpty(await ListAsync(system.Client, "visits"));
        Assert.False(Directory.Exists(system.ServicesFolder), "The services have written files.");
    }

    [Theory]
    [InlineData("Cluster:Membership", "MembershipTable")]
    [InlineData("Storage:Provider", "ReminderTable")]
    public async Task A_service_whose_table_is_missing_and_may_not_be_created_says_which_and_what_to_do(string key, string table)
    {
        var folder = Directory.CreateTempSubdirectory("clinic-missing-");
        try
        {
            var (endpoint, name) = (await fixture.EndpointAsync(), DynamoDBFixture.NewTableName("missing"));
            await using var service = ServiceProcess.Start(
                "src/Clinic/OrleansShop.Clinic.Owners",
                ["--urls=http://127.0.0.1:0", $"--{key}=DynamoDB", $"--DynamoDB:Service={endpoint}", $"--DynamoDB:{table}={name}", "--DynamoDB:CreateTables=false", "--Strangler:Bridge:Address=http://127.0.0.1:1"],
                folder.FullName);

            Assert.Equal(2, await service.EndAsync());
            Assert.Contains(name, service.Output, StringComparison.Ordinal);
            Assert.Contains(endpoint, service.Output, StringComparison.Ordinal);
            Assert.Contains("dynamodb:CreateTable", service.Output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> CreateAsync(HttpClient client, string lastName)
    {
        using var created = await client.PostAsync("owners", new StringContent(
            $$"""{"firstName":"Ada","lastName":"{{lastName}}","address":"12 St James","city":"London","telephone":"5551234"}""", Encoding.UTF8, "application/json"));
        var answer = await created.Content.ReadAsStringAsync();
        Assert.True(created.StatusCode == HttpStatusCode.Created, answer);
        return JsonNode.Parse(answer)!["id"]!.ToString();
    }

    private static async Task<string> LastNameAsync(HttpClient client, string id) => JsonNode.Parse(await client.GetStringAsync($"owners/{id}"))!["lastName"]!.ToString();

    private static async Task<List<string>> ListAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        if (answer.StatusCode == HttpStatusCode.NotFound) return [];
        return [.. JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsArray().Select(static entity => entity!["id"]!.ToString())];
    }

    private static async Task UntilFoundAsync(LocalSystem system, string name, string id)
    {
        var since = Stopwatch.GetTimestamp();
        List<string> found;
        while (!(found = await ListAsync(system.Client, $"owners?lastName={name}")).SequenceEqual([id]))
        {
            if (Stopwatch.GetElapsedTime(since) > Deadline)
            {
                var (all, itself) = (await ListAsync(system.Client, "owners"), await system.Client.GetStringAsync($"owners/{id}"));
                Assert.Fail($"Not within {Deadline}: owner {id} alone is found by the name {name}. Found: [{string.Join(", ", found)}]; all: [{string.Join(", ", all)}]; itself: {itself}\n{system.Logs()}");
            }

            await Task.Delay(50);
        }
    }
}
