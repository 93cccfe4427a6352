using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OrleansShop.EndToEnd.Tests.Systems;
using OrleansShop.Testing.Sqs;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.EndToEnd.Tests;

/// <summary>The services as processes whose events go through SQS: from a booking over HTTP to the mail that reminds of it.</summary>
public sealed class SqsSystemTests(SqsFixture fixture)
{
    private const int IncompleteAnswer = 5;

    [Fact]
    public async Task Events_reach_their_consumer_through_SQS_before_and_after_all_processes_were_started_again()
    {
        var settings = new Dictionary<string, string> { ["CLINIC_SQS"] = await fixture.EndpointAsync(), ["Sqs__Queues"] = "2", ["VisitReminders__LeadTime"] = "4.00:00:00" };
        await using var system = await LocalSystem.StartAsync(settings: settings);
        var switched = await system.ShopctlAsync("switch", "visits", "grains");
        Assert.True(switched.ExitCode == 0, switched.Output + system.Logs());
        var mail = system.MailFolder;

        var first = await BookAsync(system.Client, petId: 1);
        await Eventually.Holds(() => HasMail(mail, first), $"the mail of visit {first} is in {mail}");
        var queues = await system.ShopctlAsync("queues", "--json");

        // The gateway knows addresses of processes that were not started: what they would say is missing.
        Assert.True(queues.ExitCode == IncompleteAnswer, queues.Output);
        Assert.Contains("events-0", queues.Output, StringComparison.Ordinal);
        Assert.Contains("events-1", queues.Output, StringComparison.Ordinal);

        await system.ClinicAsync("stop");
        await system.ClinicAsync("start");
        var second = await BookAsync(system.Client, petId: 2);
        await Eventually.Holds(() => HasMail(mail, second), $"the mail of visit {second} is in {mail}");
        Assert.Equal(2, Directory.GetFiles(mail, "*.eml").Length);
    }

    private static bool HasMail(string folder, int visit) => Directory.Exists(folder) && Directory.GetFiles(folder, $"visit-{visit}-*.eml").Length == 1;

    private static async Task<int> BookAsync(HttpClient client, int petId)
    {
        var inTwoDays = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(2).ToString("O", CultureInfo.InvariantCulture);
        using var answer = await client.PostAsJsonAsync("visits", new { petId, date = inTwoDays, description = "teeth" });
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.GetValue<int>();
    }
}
