using System.Collections.Concurrent;
using System.Net;
using OrleansShop.EndToEnd.Tests.Systems;
using Xunit;

namespace OrleansShop.EndToEnd.Tests;

/// <summary>Processes of a service come and go while clients work.</summary>
public sealed class RollingTests
{
    [Fact]
    public async Task A_second_process_serves_too_and_stopping_one_gracefully_fails_no_request()
    {
        await using var system = await LocalSystem.StartAsync();
        foreach (var capability in new[] { "owners", "pets", "visits", "vets" })
        {
            await system.Moved.ToGrainsAsync(capability);
        }

        using var stop = new CancellationTokenSource();
        var failures = new ConcurrentQueue<string>();
        var clients = Enumerable.Range(0, 6).Select(client => WorkAsync(system.Client, client, failures, stop.Token)).ToArray();

        await system.ClinicAsync("add", "owners");
        await Task.Delay(TimeSpan.FromSeconds(3));
        await system.ClinicAsync("remove", "owners");
        await Task.Delay(TimeSpan.FromSeconds(2));

        await stop.CancelAsync();
        var done = await Task.WhenAll(clients);
        Assert.True(failures.IsEmpty, string.Join('\n', failures.Take(10)) + system.Logs());
        Assert.All(done, count => Assert.True(count > 10, $"A client got only {count} answers."));
    }

    private static async Task<int> WorkAsync(HttpClient client, int number, ConcurrentQueue<string> failures, CancellationToken stop)
    {
        var count = 0;
        for (; !stop.IsCancellationRequested; count++)
        {
            try
            {
                var id = await AppHostTests.CreateOwnerAsync(client);
                await ExpectAsync(HttpStatusCode.OK, client.GetAsync($"owners/{id}", CancellationToken.None));
                await ExpectAsync(HttpStatusCode.OK, client.GetAsync($"owners/{(number + count) % 10 + 1}", CancellationToken.None));
                await ExpectAsync(HttpStatusCode.NoContent, client.DeleteAsync($"owners/{id}", CancellationToken.None));
            }
            catch (Exception failure)
            {
                failures.Enqueue($"client {number}, round {count}: {failure}");
            }
        }

        return count;

        async Task ExpectAsync(HttpStatusCode status, Task<HttpResponseMessage> request)
        {
            using var answer = await request;
            if (answer.StatusCode != status)
            {
                failures.Enqueue($"client {number}, round {count}: {answer.RequestMessage} was answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync(CancellationToken.None)}");
            }
        }
    }
}
