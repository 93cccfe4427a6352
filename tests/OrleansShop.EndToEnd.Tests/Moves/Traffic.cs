using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace OrleansShop.EndToEnd.Tests.Moves;

/// <summary>
/// Clients that write, read, create and delete until they are told to stop, and that take no error for an answer.
/// </summary>
internal sealed class Traffic : IAsyncDisposable
{
    private const int Owners = 6;

    private readonly HttpClient _client;
    private readonly CancellationTokenSource _stop = new();
    private readonly IReadOnlyList<WatchedOwner> _owners;
    private readonly Task _running;
    private int _deleted;

    private Traffic(HttpClient client, IReadOnlyList<WatchedOwner> owners)
    {
        _client = client;
        _owners = owners;
        _running = Task.WhenAll([.. owners.Select(owner => RepeatAsync(owner.WriteAsync)), .. owners.Select(owner => RepeatAsync(owner.ReadAsync)), RepeatAsync(CreateAndDeleteAsync)]);
    }

    public static async Task<Traffic> StartAsync(HttpClient client)
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, Owners).Select(_ => AppHostTests.CreateOwnerAsync(client)));
        return new Traffic(client, [.. ids.Select(id => new WatchedOwner(client, id))]);
    }

    /// <summary>Waits until every client has got further. Fails if one of them has failed.</summary>
    public async Task GoOnAsync()
    {
        var before = _owners.Select(static owner => owner.Writes).ToList();
        var deleted = Volatile.Read(ref _deleted);
        var began = TimeProvider.System.GetTimestamp();
        while (_owners.Zip(before).Any(static pair => pair.First.Writes < pair.Second + 5) || Volatile.Read(ref _deleted) < deleted + 2)
        {
            if (_running.IsCompleted) await _running;
            if (TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(60)) throw new InvalidOperationException("A client did not get further within 60 seconds.");
            await Task.Delay(20);
        }
    }

    /// <summary>Ends the traffic; fails if a client has failed. Every owner has what was written last.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
        foreach (var owner in _owners) await owner.ReadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    /// <summary>An owner with a pet that has a visit: when the owner goes, all of them go.</summary>
    private async Task CreateAndDeleteAsync()
    {
        var owner = await AppHostTests.CreateOwnerAsync(_client);
        var pet = await CreateAsync($"owners/{owner}/pets", new { name = "Leo", birthDate = "2020-09-07", type = new { id = 1, name = "cat" } });
        var visit = await CreateAsync($"owners/{owner}/pets/{pet}/visits", new { date = "2026-03-01", description = "checkup" });
        using (var deleted = await _client.DeleteAsync($"owners/{owner}"))
        {
            if (deleted.StatusCode != HttpStatusCode.NoContent) throw await UnexpectedAsync($"The deletion of owner {owner}", deleted);
        }

        foreach (var path in new[] { $"owners/{owner}", $"pets/{pet}", $"visits/{visit}" })
        {
            using var gone = await _client.GetAsync(path);
            if (gone.StatusCode != HttpStatusCode.NotFound) throw await UnexpectedAsync($"{path}, deleted with its owner,", gone);
        }

        Interlocked.Increment(ref _deleted);
    }

    private async Task<string> CreateAsync(string path, object body)
    {
        using var created = await _client.PostAsJsonAsync(path, body);
        return created.StatusCode == HttpStatusCode.Created ? (await created.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.ToString() : throw await UnexpectedAsync($"POST {path}", created);
    }

    private static async Task<InvalidOperationException> UnexpectedAsync(string what, HttpResponseMessage answer) =>
        new($"{what} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");

    private async Task RepeatAsync(Func<Task> step)
    {
        try
        {
            while (!_stop.IsCancellationRequested) await step();
        }
        catch
        {
            // One failure ends the traffic: whoever waits for it gets to know of it at once.
            await _stop.CancelAsync();
            throw;
        }
    }
}
