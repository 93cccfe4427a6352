using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;

namespace OrleansShop.Testing.Clusters;

/// <summary>
/// A steady rate of requests over the fronts, whatever the answers: no request waits for another. Each counter gets its turn, and each increment an id of its own.
/// </summary>
public sealed class CounterLoad : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    // Longer than a call between grains may take, so that what comes is an answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IReadOnlyList<Uri> _fronts;
    private readonly IReadOnlyList<string> _grains;
    private readonly int _readsPerIncrement;
    private readonly HttpClient _client = new() { Timeout = Patience };
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentQueue<CounterRequest> _answered = new();
    private readonly Task<List<Task>> _sending;
    private long _sent;

    private CounterLoad(IReadOnlyList<Uri> fronts, IReadOnlyList<string> grains, int perSecond, int readsPerIncrement)
    {
        (_fronts, _grains, _readsPerIncrement) = (fronts, grains, readsPerIncrement);
        _sending = Task.Run(() => SendAsync(perSecond));
    }

    /// <summary>What has been answered so far.</summary>
    public IReadOnlyCollection<CounterRequest> Answered => _answered;

    /// <summary>How many were asked for and are not answered yet.</summary>
    public long Waiting => Interlocked.Read(ref _sent) - _answered.Count;

    /// <summary>Begins to send.</summary>
    /// <param name="fronts">They get the requests in turn.</param>
    /// <param name="grains">The keys of the counters, which get them in turn.</param>
    /// <param name="perSecond">How many requests a second.</param>
    /// <param name="readsPerIncrement">How many requests only read, for each that counts.</param>
    public static CounterLoad Start(IReadOnlyList<Uri> fronts, IReadOnlyList<string> grains, int perSecond, int readsPerIncrement = 0) => new(fronts, grains, perSecond, readsPerIncrement);

    /// <summary>Sends no more, waits for what is under way, and returns all.</summary>
    public async Task<IReadOnlyList<CounterRequest>> StopAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(await _sending);
        return [.. _answered];
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _ending.Dispose();
        _client.Dispose();
    }

    private async Task<List<Task>> SendAsync(int perSecond)
    {
        var requests = new List<Task>();
        var since = Stopwatch.GetTimestamp();
        while (!_ending.IsCancellationRequested)
        {
            for (var due = (long)(Stopwatch.GetElapsedTime(since).TotalSeconds * perSecond); _sent < due;) requests.Add(RequestAsync(Interlocked.Increment(ref _sent)));
            await Task.Delay(Tick);
        }

        return requests;
    }

    private async Task RequestAsync(long id)
    {
        var grain = _grains[(int)(id % _grains.Count)];

        // Not the same front for a counter each time.
        var front = _fronts[(int)((id + (id / _grains.Count)) % _fronts.Count)];
        var isIncrement = (id + (id / _grains.Count)) % (_readsPerIncrement + 1) == 0;
        var sentAt = Stopwatch.GetTimestamp();
        FrontAnswer answer;
        try
        {
            using var response = isIncrement
                ? await _client.PostAsync(new Uri(front, $"counters/{grain}/{id}"), content: null)
                : await _client.GetAsync(new Uri(front, $"counters/{grain}"));
            answer = await response.Content.ReadFromJsonAsync<FrontAnswer>() ?? new FrontAnswer(0, 0, "Nothing", $"{front} answered {(int)response.StatusCode} without a body.");
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException or System.Text.Json.JsonException)
        {
            answer = new FrontAnswer(0, 0, failure.GetType().FullName, failure.Message);
        }

        _answered.Enqueue(new CounterRequest(id, isIncrement, grain, sentAt, Stopwatch.GetTimestamp(), answer));
    }
}
