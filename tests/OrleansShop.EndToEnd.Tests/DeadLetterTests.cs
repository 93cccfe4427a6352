using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansShop.EndToEnd.Tests.Systems;
using OrleansShop.Storage.Sqlite.Files;
using OrleansShop.Testing.Sqs;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.EndToEnd.Tests;

/// <summary>The clinic's events that their subscriber cannot take, in processes with queues in SQS, as an operator sees them through <c>shopctl</c>.</summary>
public sealed class DeadLetterTests(SqsFixture fixture)
{
    [Fact]
    public async Task Events_of_visits_that_cannot_be_stored_are_listed_shown_purged_and_sent_again_when_the_cause_is_gone()
    {
        await using var system = await StartAsync();
        var database = new SqliteDatabase(Path.Combine(system.ServicesFolder, "visits.db"));
        RefuseReminders(database);

        // As many as it takes until both queues have a dead letter.
        var visits = new List<int>();
        do
        {
            Assert.True(visits.Count < 12, $"All dead letters of {visits.Count} visits are in one queue.");
            visits.Add(await VisitBooking.BookAsync(system.Client, petId: 1 + visits.Count));
            await Eventually.Holds(async () => (await ListAsync(system)).Count == visits.Count, $"the events of visits {string.Join(", ", visits)} are dead letters");
        }
        while ((await ListAsync(system)).Select(static letter => letter.Queue).Distinct().Count() < 2);

        var letters = await ListAsync(system);
        Assert.Equal(visits.Select(ConsumerOf).Order(StringComparer.Ordinal), letters.Select(static letter => letter.Consumer).Order(StringComparer.Ordinal));
        var lost = letters.Single(letter => letter.Consumer == ConsumerOf(visits[0]));
        await AssertIsShownAsync(system, lost, visits[0]);

        AllowReminders(database);
        Assert.Equal("1 of 1 dead letters were thrown away.", await DoneAsync(system, "deadletters", "purge", lost.Id, "--yes"));
        Assert.StartsWith($"{visits.Count - 1} of {visits.Count - 1} dead letters were sent again.", await DoneAsync(system, "deadletters", "redrive", "--grain", "visit-reminder"), StringComparison.Ordinal);

        foreach (var visit in visits.Skip(1)) await Eventually.Holds(() => MailsOf(system, visit) == 1, $"the mail of visit {visit} is there");
        Assert.Empty(await ListAsync(system));
        Assert.Equal(0, MailsOf(system, visits[0]));
    }

    [Fact]
    public async Task A_message_of_a_stranger_in_the_clinics_queue_is_a_dead_letter_and_holds_up_nothing()
    {
        await using var system = await StartAsync();
        await SendAsync($"{system.ServiceId}-events-0.fifo", "This is not ours.");

        await Eventually.Holds(async () => (await ListAsync(system)).Count == 1, "it is a dead letter");
        var letter = Assert.Single(await ListAsync(system));
        var shown = await DoneAsync(system, "deadletters", "show", letter.Id);
        Assert.Contains("UnreadableMessageException", shown, StringComparison.Ordinal);
        Assert.Contains("This is not ours.", shown, StringComparison.Ordinal);

        var visit = await VisitBooking.BookAsync(system.Client, petId: 1);
        await Eventually.Holds(() => MailsOf(system, visit) == 1, $"the mail of visit {visit} is there");
        Assert.Equal("1 of 1 dead letters were thrown away.", await DoneAsync(system, "deadletters", "purge", letter.Id, "--yes"));
        Assert.Empty(await ListAsync(system));
    }

    private async Task<LocalSystem> StartAsync()
    {
        var settings = new Dictionary<string, string> { ["CLINIC_SQS"] = await fixture.EndpointAsync(), ["Sqs__Queues"] = "2", ["VisitReminders__LeadTime"] = "4.00:00:00" };
        var system = await LocalSystem.StartAsync(settings: settings);
        try
        {
            await system.Moved.ToGrainsAsync("visits");
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>A grain's id has an integer key in hexadecimal digits.</summary>
    private static string ConsumerOf(int visit) => $"visit-reminder/{visit:X}";

    private static async Task AssertIsShownAsync(LocalSystem system, Letter letter, int visit)
    {
        var listed = Assert.Single((await DoneAsync(system, "deadletters", "list")).Split('\n'), line => line.Contains(letter.Id, StringComparison.Ordinal));
        Assert.Contains(letter.Stream, listed, StringComparison.Ordinal);
        Assert.Contains(letter.Consumer, listed, StringComparison.Ordinal);

        var shown = await DoneAsync(system, "deadletters", "show", letter.Id);
        Assert.Matches($@"Stream:\s+{letter.Stream}\s", shown);
        Assert.Matches($@"Grain:\s+visit-reminder/{visit:X}\s", shown);
        Assert.Matches(@"Attempts:\s+5,", shown);
        Assert.Matches(@"Exception:\s+\S*SqliteException: .*no room for reminders", shown);
        Assert.Contains($"/visits/visit/{visit}", shown, StringComparison.Ordinal);
    }

    /// <summary>Has the database refuse the states of reminders, as a full disk would, and nothing else.</summary>
    private static void RefuseReminders(SqliteDatabase database)
    {
        using var connection = database.Open();
        SqliteDatabase.Execute(connection, "CREATE TRIGGER refuse BEFORE INSERT ON grain_state WHEN NEW.grain_type = 'visit-reminder' BEGIN SELECT RAISE(ABORT, 'no room for reminders'); END");
    }

    private static void AllowReminders(SqliteDatabase database)
    {
        using var connection = database.Open();
        SqliteDatabase.Execute(connection, "DROP TRIGGER refuse");
    }

    /// <summary>Sends a message as any client of SQS may.</summary>
    private async Task SendAsync(string queue, string body)
    {
        using var client = new HttpClient();
        var found = await CallAsync("GetQueueUrl", new { QueueName = queue });
        await CallAsync("SendMessage", new { QueueUrl = found.GetProperty("QueueUrl").GetString(), MessageBody = body, MessageGroupId = "stranger", MessageDeduplicationId = Guid.NewGuid().ToString("N") });

        async Task<JsonElement> CallAsync<T>(string action, T arguments)
        {
            using var content = JsonContent.Create(arguments, new MediaTypeHeaderValue("application/x-amz-json-1.0"), new JsonSerializerOptions());
            content.Headers.Add("X-Amz-Target", $"AmazonSQS.{action}");
            using var answer = await client.PostAsync(await fixture.EndpointAsync(), content);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, text);
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
    }

    private static async Task<IReadOnlyList<Letter>> ListAsync(LocalSystem system)
    {
        var json = JsonNode.Parse(await DoneAsync(system, "deadletters", "list", "--json"))!;
        Assert.Empty(json["silent"]!.AsArray());
        return [.. json["deadLetters"]!.AsArray().Select(static letter => new Letter(
            letter!["id"]!.GetValue<string>(), letter["queue"]!.GetValue<string>(), $"{letter["streamNamespace"]?.GetValue<string>()}/{letter["streamKey"]!.GetValue<string>()}", letter["consumer"]!.GetValue<string>()))];
    }

    /// <summary>What a command prints that does all it was told.</summary>
    private static async Task<string> DoneAsync(LocalSystem system, params string[] command)
    {
        var result = await system.ShopctlAsync(command);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', command)} ended with {result.ExitCode}:\n{result.Output}\n{system.Logs()}");
        return string.Join('\n', result.Output.Split('\n').Where(static line => !line.StartsWith("Absent: ", StringComparison.Ordinal))).Trim();
    }

    private static int MailsOf(LocalSystem system, int visit) => Directory.Exists(system.MailFolder) ? Directory.GetFiles(system.MailFolder, $"visit-{visit}-*.eml").Length : 0;

    private sealed record Letter(string Id, string Queue, string Stream, string Consumer);
}
