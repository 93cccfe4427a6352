using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OrleansShop.EndToEnd.Tests.Moves.Running;

namespace OrleansShop.EndToEnd.Tests.Moves.Orders;

/// <summary>Orders phases through the gateways' admin API: at random, or to the end of a road.</summary>
internal sealed class PhaseOperator : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly IReadOnlyList<HttpClient> _gateways;
    // In Shadow nothing moves, and in this time every gateway has heard that it will.
    private static readonly TimeSpan InShadow = ClinicPlan.GatewaysBelieve * 1.5;

    private readonly ConcurrentDictionary<string, long> _shadowedAt = new();
    private readonly Timeline _timeline;
    private int _accepted;
    private int _refused;
    private int _unanswered;
    private int _asked;

    public PhaseOperator(CheckedClinic clinic, Timeline timeline)
    {
        _timeline = timeline;
        _gateways = [.. clinic.Gateways.Select(static gateway => new HttpClient { BaseAddress = new Uri(gateway.Address, "/admin/capabilities/"), Timeout = Timeout })];
    }

    /// <summary>What came of the orders.</summary>
    public string Tally => $"{_accepted} orders taken, {_refused} refused, {_unanswered} without an answer";

    /// <summary>Orders one thing after the other that is next to where a capability stands, until told to stop.</summary>
    public async Task WanderAsync(Random random, TimeSpan maxPause, CancellationToken stop)
    {
        var capabilities = EntityKinds.Capabilities.Values.ToArray();
        while (!stop.IsCancellationRequested)
        {
            var capability = capabilities[random.Next(capabilities.Length)];
            if (await TryReadAsync(capability) is { } standing && !IsFresh(capability, standing))
            {
                var (order, body) = Next(standing, random);
                await OrderAsync(capability, order, body);
            }

            await Task.Delay(maxPause * random.NextDouble(), CancellationToken.None);
        }
    }

    /// <summary>Has the grains own and list everything of a capability, and returns how long its last sweep took and how many it moved.</summary>
    public Task<SweepTime> BringToGrainsAsync(string capability) => BringAsync(
        capability,
        static standing => standing switch
        {
            { IsPaused: true } => ("resume", null),
            { Phase: "Monolith" } => ("shadow", null),
            { Phase: "Shadow" } => ("canary", new JsonObject { ["percent"] = 10 }),
            { Phase: "Canary" } => ("promote", null),
            { Phase: "Grains", OwnedByMonolith: 0, IsSettled: true, Lists: "Monolith" } => ("lists", new JsonObject { ["lists"] = "Grains" }),
            _ => null,
        },
        static standing => standing is { Phase: "Grains", Lists: "Grains", OwnedByMonolith: 0, IsSettled: true });

    /// <summary>Has everything of a capability returned, while its ledger stays.</summary>
    public Task<SweepTime> BringBackAsync(string capability) => BringAsync(
        capability,
        static standing => standing switch
        {
            { IsPaused: true } => ("resume", null),
            { Phase: "Grains", Lists: "Grains" } => ("lists", new JsonObject { ["lists"] = "Monolith" }),
            { Phase: "Grains" } or { Phase: "Canary", Percent: > 0 } => ("canary", new JsonObject { ["percent"] = 0 }),
            _ => null,
        },
        static standing => standing is { Phase: "Canary", Percent: 0, OwnedByGrains: 0, IsSettled: true });

    /// <summary>Has a capability be the monolith's, without a ledger.</summary>
    public Task<SweepTime> BringToMonolithAsync(string capability) => BringAsync(
        capability,
        static standing => standing.Phase == "Monolith" || standing is { Phase: "Canary", Percent: 0, IsPaused: false } && !standing.IsSettled ? null : ("rollback", null),
        static standing => standing.Phase == "Monolith");

    /// <summary>Compares both sides of a capability; what the report says.</summary>
    public async Task<JsonNode> VerifyAsync(string capability)
    {
        using (var begun = await _gateways[0].PostAsync($"{capability}/verify", content: null)) begun.EnsureSuccessStatusCode();
        for (var since = Stopwatch.GetTimestamp(); ;)
        {
            var report = JsonNode.Parse(await _gateways[0].GetStringAsync($"{capability}/verify"))!;
            if (!report["isRunning"]!.GetValue<bool>()) return report;
            if (Stopwatch.GetElapsedTime(since) > Deadline) throw new TimeoutException($"The comparison of {capability} has not ended within {Deadline}: {report}");
            await Task.Delay(Pause);
        }
    }

    /// <summary>Gives one order. False: it was refused, or nobody answered.</summary>
    public async Task<bool> OrderAsync(string capability, string order, JsonObject? body)
    {
        var gateway = _gateways[_asked++ % _gateways.Count];
        var text = $"{capability}: {order} {(body is null ? "" : string.Join(' ', body.Select(static field => field.Value?.ToString())))}";
        try
        {
            var full = body ?? [];
            full["by"] = "checker";
            using var answer = await gateway.PostAsJsonAsync($"{capability}/{order}", full);
            if (answer.IsSuccessStatusCode) _accepted++;
            else if ((int)answer.StatusCode < 500) _refused++;
            else _unanswered++;
            if (order == "shadow") _shadowedAt[capability] = Stopwatch.GetTimestamp();
            _timeline.Note($"{text} → {(int)answer.StatusCode}");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException)
        {
            _unanswered++;
            _timeline.Note($"{text} → no answer");
            return false;
        }
    }

    public void Dispose()
    {
        foreach (var gateway in _gateways) gateway.Dispose();
    }

    private bool IsFresh(string capability, Capability standing) => standing.Phase == "Shadow" && _shadowedAt.TryGetValue(capability, out var at) && Stopwatch.GetElapsedTime(at) < InShadow;

    private static (string Order, JsonObject? Body) Next(Capability standing, Random random)
    {
        var choice = random.Next(100);
        return standing.Phase switch
        {
            _ when standing.IsPaused => ("resume", null),
            "Monolith" => ("shadow", null),
            "Shadow" => choice < 85 ? ("canary", Percent(random)) : ("rollback", null),
            "Canary" => choice switch
            {
                < 45 => ("canary", Percent(random)),
                < 75 => ("promote", null),
                < 80 => ("pause", null),
                _ => ("rollback", null),
            },
            _ => choice switch
            {
                < 20 => ("lists", new JsonObject { ["lists"] = standing.Lists == "Grains" ? "Monolith" : "Grains" }),
                < 50 when standing.Lists == "Monolith" => ("canary", Percent(random)),
                _ => ("rollback", null),
            },
        };
    }

    private static JsonObject Percent(Random random) => new() { ["percent"] = random.Next(0, 11) * 10 };

    /// <summary>Orders what is next until a capability is where it is to be. The time is that of the sweep that moved the most.</summary>
    private async Task<SweepTime> BringAsync(string capability, Func<Capability, (string, JsonObject?)?> next, Func<Capability, bool> isThere)
    {
        var since = Stopwatch.GetTimestamp();
        var orderedAt = since;
        var sweep = new SweepTime(0, TimeSpan.Zero);
        Capability? standing = null;
        while (true)
        {
            if (Stopwatch.GetElapsedTime(since) > Deadline) throw new TimeoutException($"{capability} has not got where it was ordered within {Deadline}: {standing}");
            standing = await TryReadAsync(capability);
            if (standing is not null && orderedAt != since && standing.Moved > sweep.Moved) sweep = new SweepTime(standing.Moved, Stopwatch.GetElapsedTime(orderedAt));
            if (standing is not null && isThere(standing)) return sweep;
            if (standing is not null && !IsFresh(capability, standing) && next(standing) is var (order, body))
            {
                orderedAt = Stopwatch.GetTimestamp();
                await OrderAsync(capability, order, body);
            }

            await Task.Delay(Pause);
        }
    }

    private async Task<Capability?> TryReadAsync(string capability)
    {
        try
        {
            using var answer = await _gateways[_asked % _gateways.Count].GetAsync(capability);
            return answer.IsSuccessStatusCode ? Capability.Read(await answer.Content.ReadAsStringAsync()) : null;
        }
        catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException)
        {
            // The next look may find another gateway.
            _asked++;
            return null;
        }
    }
}

/// <summary>How many entities a sweep has moved, and how long after the order it was over.</summary>
internal sealed record SweepTime(long Moved, TimeSpan Took)
{
    public override string ToString() => Moved == 0 ? "requests had moved everything" : string.Create(CultureInfo.InvariantCulture, $"{Moved} moved {Took.TotalSeconds:F1} s after the order, {Moved / Took.TotalSeconds:F0} per second");
}
