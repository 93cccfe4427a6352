using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace OrleansShop.EndToEnd.Tests.Moves;

/// <summary>
/// An owner that one client writes ascending numbers to, while others read them. With one writer the history is linearizable exactly if each read sees no less than what was acknowledged or read before it began, and no more than
/// what was sent before it ended. Thread-safe.
/// </summary>
/// <param name="client">Asks below <c>/petclinic/api/</c>.</param>
/// <param name="id">The owner's id.</param>
internal sealed class WatchedOwner(HttpClient client, string id)
{
    private const string Prefix = "City ";

    private readonly Lock _gate = new();
    private int _sent;
    private int _known;

    public string Id => id;

    /// <summary>How many writes were acknowledged.</summary>
    public int Writes => Volatile.Read(ref _sent);

    /// <summary>Writes the next number, which must be acknowledged.</summary>
    public async Task WriteAsync()
    {
        var number = Interlocked.Increment(ref _sent);
        using var answer = await client.PutAsync($"owners/{id}", new StringContent(
            $$"""{"firstName":"Ada","lastName":"Lovelace","address":"12 St James","city":"{{Prefix}}{{number}}","telephone":"5551234"}""", Encoding.UTF8, "application/json"));
        if (answer.StatusCode != HttpStatusCode.NoContent)
        {
            throw new InvalidOperationException($"Write {number} of owner {id} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }

        Know(number);
    }

    /// <summary>Reads the number, which must be one that can be.</summary>
    public async Task ReadAsync()
    {
        var atLeast = Known;
        using var answer = await client.GetAsync($"owners/{id}");
        var body = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"A read of owner {id} was answered {(int)answer.StatusCode}: {body}");

        var city = JsonNode.Parse(body)!["city"]!.ToString();
        var number = city.StartsWith(Prefix, StringComparison.Ordinal) ? int.Parse(city.AsSpan(Prefix.Length), CultureInfo.InvariantCulture) : 0;
        var atMost = Volatile.Read(ref _sent);
        if (number < atLeast || number > atMost) throw new InvalidOperationException($"A read of owner {id} saw write {number}: {atLeast} was acknowledged or read before, {atMost} were sent.");
        Know(number);
    }

    private int Known
    {
        get
        {
            lock (_gate) return _known;
        }
    }

    private void Know(int number)
    {
        lock (_gate) _known = Math.Max(_known, number);
    }
}
