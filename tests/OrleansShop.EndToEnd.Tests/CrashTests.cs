using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using OrleansShop.EndToEnd.Tests.Systems;
using Xunit;

namespace OrleansShop.EndToEnd.Tests;

/// <summary>The process dies without warning while clients write.</summary>
public sealed class CrashTests
{
    private const int Clients = 8;

    [Theory]
    [InlineData("")]
    [InlineData("owners")]
    [InlineData("owners pets visits vets")]
    public async Task After_a_kill_under_load_every_acknowledged_write_is_there(string inGrains)
    {
        await using var system = await AppHostSystem.StartAsync();
        foreach (var capability in inGrains.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            await system.Moved.ToGrainsAsync(capability);
        }

        // The last acknowledged value of each owner, and what was sent after it and never answered.
        var acknowledged = new ConcurrentDictionary<string, (string City, string? Unanswered)>();
        var writers = Enumerable.Range(0, Clients).Select(client => WriteUntilItDiesAsync(system.Client, client, acknowledged)).ToArray();
        await WaitUntilAsync(() => acknowledged.Count >= 40);
        await system.Process.KillAsync();
        await Task.WhenAll(writers);

        await system.RestartAsync();
        foreach (var (id, (city, unanswered)) in acknowledged)
        {
            var stored = await ReadCityAsync(system.Client, id);
            Assert.True(stored == city || (unanswered is not null && stored == unanswered), $"owner {id} was acknowledged with {city}, {unanswered} was not answered, and it has {stored}.");
        }

        var listed = JsonNode.Parse(await system.Client.GetStringAsync("owners"))!.AsArray().Select(owner => owner!["id"]!.ToString()).ToHashSet();
        Assert.Empty(acknowledged.Keys.Except(listed));
    }

    private static async Task WriteUntilItDiesAsync(HttpClient client, int writer, ConcurrentDictionary<string, (string City, string? Unanswered)> acknowledged)
    {
        for (var count = 0; ; count++)
        {
            try
            {
                var id = await AppHostTests.CreateOwnerAsync(client);
                acknowledged[id] = ("London", null);
                var city = $"City {writer} {count}";
                acknowledged[id] = ("London", city);
                using var changed = await client.PutAsync($"owners/{id}", new StringContent(
                    $$"""{"firstName":"Ada","lastName":"Lovelace","address":"12 St James","city":"{{city}}","telephone":"5551234"}""", Encoding.UTF8, "application/json"));
                if (changed.StatusCode == HttpStatusCode.NoContent)
                {
                    acknowledged[id] = (city, null);
                }
            }
            catch (HttpRequestException)
            {
                // It died.
                return;
            }
        }
    }

    private static async Task<string?> ReadCityAsync(HttpClient client, string id)
    {
        using var answer = await client.GetAsync($"owners/{id}");
        return answer.StatusCode == HttpStatusCode.OK ? JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["city"]!.ToString() : null;
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        for (var tries = 0; !condition(); tries++)
        {
            Assert.True(tries < 3000, "The condition did not come true within 60 seconds.");
            await Task.Delay(20);
        }
    }
}
