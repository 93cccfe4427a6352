using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using OrleansShop.EndToEnd.Tests.Systems;
using OrleansShop.Testing.DynamoDB;
using Xunit;

namespace OrleansShop.EndToEnd.Tests;

/// <summary>The services cluster and keep their data in DynamoDB; one of their processes is killed, and others are replaced, while clients add visits.</summary>
public sealed class DynamoDBRecoveryTests(DynamoDBFixture fixture)
{
    private const int Writers = 6;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Each_acknowledged_visit_is_there_once_after_a_kill_and_no_request_fails_while_a_service_is_deployed()
    {
        await using var system = await LocalSystem.StartAsync(await fixture.EndpointAsync());
        foreach (var capability in new[] { "owners", "pets", "visits" })
        {
            await system.Moved.ToGrainsAsync(capability);
        }

        await system.ClinicAsync("add", "visits");
        using var ending = new CancellationTokenSource();
        var answers = new ConcurrentQueue<Answer>();
        var writers = Enumerable.Range(0, Writers).Select(writer => WriteAsync(system.Client, writer, answers, ending.Token)).ToArray();
        await AddedAgainAsync(answers, system);

        await KillAsync(system.ProcessId("visits", 1));
        await AddedAgainAsync(answers, system);

        var deployAt = Stopwatch.GetTimestamp();
        await system.ClinicAsync("add", "visits");
        await system.StopAsync("visits", 2);
        await AddedAgainAsync(answers, system);
        await ending.CancelAsync();
        await Task.WhenAll(writers);

        var failed = answers.Where(answer => answer.SentAt > deployAt && answer.Status != HttpStatusCode.Created).ToList();
        Assert.True(failed.Count == 0, $"{failed.Count} requests failed during the deploy: {string.Join('\n', failed.Take(5))}\n{system.Logs()}");
        var visits = JsonNode.Parse(await system.Client.GetStringAsync("visits"))!.AsArray().CountBy(static visit => visit!["description"]!.ToString()).ToDictionary();
        foreach (var (text, _, status) in answers)
        {
            var count = visits.GetValueOrDefault(text);
            Assert.True(status == HttpStatusCode.Created ? count == 1 : count <= 1, $"The visit '{text}' was answered {status}, and is there {count} times.\n{system.Logs()}");
        }
    }

    private static async Task WriteAsync(HttpClient client, int writer, ConcurrentQueue<Answer> answers, CancellationToken ending)
    {
        for (var count = 0; !ending.IsCancellationRequested; count++)
        {
            var text = $"checked by {writer}, {count}";
            var sentAt = Stopwatch.GetTimestamp();
            HttpStatusCode? status = null;
            try
            {
                using var answer = await client.PostAsync("visits", new StringContent($$"""{"date":"2026-04-01","description":"{{text}}","petId":8}""", Encoding.UTF8, "application/json"), CancellationToken.None);
                status = answer.StatusCode;
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
            {
                // No answer at all: the visit may be there or not.
            }

            answers.Enqueue(new Answer(text, sentAt, status));
        }
    }

    // Each writer has added a visit that it asked for after now.
    private static async Task AddedAgainAsync(ConcurrentQueue<Answer> answers, LocalSystem system)
    {
        var since = Stopwatch.GetTimestamp();
        while (answers.Count(answer => answer.SentAt > since && answer.Status == HttpStatusCode.Created) < Writers * 5)
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < Deadline, $"No visits were added for {Deadline}: {string.Join('\n', answers.TakeLast(5))}\n{system.Logs()}");
            await Task.Delay(50);
        }
    }

    private static async Task KillAsync(int processId)
    {
        using var kill = Process.Start("kill", ["-KILL", processId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private sealed record Answer(string Text, long SentAt, HttpStatusCode? Status);
}
