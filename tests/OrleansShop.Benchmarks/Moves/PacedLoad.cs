using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;

namespace OrleansShop.Benchmarks.Moves;

/// <summary>
/// Requests at a steady rate, whether or not those before were answered: 70 % read an owner, 25 % write one, 5 % write a specialty, which is the monolith's all the time. The time of a request counts from the moment in
/// which it was due, so that a system that stands still is seen by all who wait meanwhile.
/// </summary>
internal sealed class PacedLoad : IAsyncDisposable
{
    /// <summary>More requests than these wait before they are sent, which counts.</summary>
    private const int MaxInFlight = 256;

    private const int Specialties = 3;

    private readonly HttpClient _http;
    private readonly int _first;
    private readonly int _count;
    private readonly int _perSecond;
    private readonly Random _random = new(17);
    private readonly SemaphoreSlim _places = new(MaxInFlight);
    private readonly ConcurrentQueue<LoadSample> _samples = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private volatile OwnerTable.LedgerLook? _ledger;
    private int _writes;

    private PacedLoad(Uri gateway, int first, int last, int perSecond)
    {
        (_first, _count, _perSecond) = (first, last - first + 1, perSecond);
        _http = new HttpClient { BaseAddress = new Uri(gateway, "/petclinic/api/"), Timeout = TimeSpan.FromSeconds(60) };
        _running = Task.Run(RunAsync);
    }

    /// <summary>How many writes of owners were acknowledged.</summary>
    public int Writes => Volatile.Read(ref _writes);

    /// <summary>Begins to send.</summary>
    public static PacedLoad Start(Uri gateway, (int First, int Last) owners, int perSecond) => new(gateway, owners.First, owners.Last, perSecond);

    /// <summary>From now on the ledger is asked before each request for an owner; null: not any more. The caller keeps it.</summary>
    public void Watch(OwnerTable.LedgerLook? ledger) => _ledger = ledger;

    /// <summary>Runs for a while, and returns what was due in it and is answered.</summary>
    public async Task<IReadOnlyList<LoadSample>> ForAsync(TimeSpan duration, CancellationToken cancellationToken) => await DuringAsync(() => Task.Delay(duration, cancellationToken));

    /// <summary>Runs as long as something else does, and returns what was due meanwhile and is answered.</summary>
    public async Task<IReadOnlyList<LoadSample>> DuringAsync(Func<Task> other)
    {
        var since = Stopwatch.GetTimestamp();
        await other();
        var until = Stopwatch.GetTimestamp();
        if (_running.IsFaulted) await _running;
        return [.. _samples.Where(sample => sample.DueAt >= since && sample.DueAt < until)];
    }

    /// <summary>Ends when the last request is answered.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        for (var place = 0; place < MaxInFlight; place++) await _places.WaitAsync();
        _http.Dispose();
        _places.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var start = Stopwatch.GetTimestamp();
        for (var number = 0L; !_stop.IsCancellationRequested; number++)
        {
            var dueAt = start + (number * Stopwatch.Frequency / _perSecond);
            if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), dueAt) is var early && early > TimeSpan.Zero) await Task.Delay(early);
            await _places.WaitAsync();
            _ = SendAsync(Next(number), dueAt);
        }
    }

    private Planned Next(long number)
    {
        var id = _first + _random.Next(_count);
        var kind = _random.Next(100) switch { < 70 => LoadKind.Read, < 95 => LoadKind.Write, _ => LoadKind.MonolithWrite };
        var isInTransit = kind != LoadKind.MonolithWrite && _ledger is { } ledger && !ledger.IsOwnedByGrains(id);
        return new Planned(kind, id, number, isInTransit);
    }

    private async Task SendAsync(Planned planned, long dueAt)
    {
        string? fault = null;
        try
        {
            using var answer = planned.Kind switch
            {
                LoadKind.Read => await _http.GetAsync($"owners/{planned.Id}"),
                LoadKind.Write => await _http.PutAsync($"owners/{planned.Id}", Json(
                    $$"""{"firstName":"Ada","lastName":"Lovelace","address":"12 St James","city":"City {{planned.Number}}","telephone":"5551234"}""")),
                _ => await _http.PutAsync($"specialties/{(planned.Id % Specialties) + 1}", Json($$"""{"id":{{(planned.Id % Specialties) + 1}},"name":"specialty {{planned.Number}}"}""")),
            };
            if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.NoContent)) fault = $"{planned.Kind}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
            else if (planned.Kind == LoadKind.Write) Interlocked.Increment(ref _writes);
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            fault = $"{planned.Kind}: {failure.Message}";
        }
        finally
        {
            _samples.Enqueue(new LoadSample(planned.Kind, planned.IsInTransit, dueAt, Stopwatch.GetElapsedTime(dueAt), fault));
            _places.Release();
        }
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private readonly record struct Planned(LoadKind Kind, int Id, long Number, bool IsInTransit);
}

/// <summary>What a request does.</summary>
internal enum LoadKind
{
    Read,
    Write,
    MonolithWrite,
}

/// <summary>One request.</summary>
/// <param name="Kind">What it did.</param>
/// <param name="IsInTransit">Whether the monolith owned its owner when it was due, and the grains were to.</param>
/// <param name="DueAt">When it was due, by the monotonic clock.</param>
/// <param name="Took">From then to its answer.</param>
/// <param name="Fault">What was wrong with the answer, or null.</param>
internal sealed record LoadSample(LoadKind Kind, bool IsInTransit, long DueAt, TimeSpan Took, string? Fault);
