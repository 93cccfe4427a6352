using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Activations.Watch;

/// <summary>
/// Finds requests that run or wait for long, and has activations replaced that are stuck. It looks only at activations whose last
/// drain ended with a request still running, and notes when it has seen a request first: a request costs nothing for being watched.
/// </summary>
internal sealed partial class RequestWatch(RequestLimits limits, ILogger<RequestWatch> logger)
{
    // So many running requests of one activation are looked at; a reentrant grain may have any number.
    private const int MostLookedAt = 1000;

    private readonly ILogger _logger = logger;
    private readonly ConcurrentQueue<Activation> _arrived = new();

    // Only the sweep touches what is below.
    private readonly List<Activation> _watched = [];
    private readonly Dictionary<GrainCall, Sighting> _running = [];
    private readonly Dictionary<GrainCall, Sighting> _waiting = [];
    private readonly List<GrainCall> _gone = [];
    private long _dueMs;
    private int _sweep;

    /// <summary>Looks at an activation from now on, until it has no running request. From any thread.</summary>
    public void Add(Activation activation) => _arrived.Enqueue(activation);

    public void Sweep(long nowMs)
    {
        if (nowMs < _dueMs) return;
        _dueMs = nowMs + limits.PeriodMs;
        _sweep++;
        while (_arrived.TryDequeue(out var arrived)) _watched.Add(arrived);
        _watched.RemoveAll(activation => activation.TryEndWatch());
        foreach (var activation in _watched) Look(activation, nowMs);
        Forget(_running);
        Forget(_waiting);
    }

    private void Look(Activation activation, long nowMs)
    {
        // Another thread may change the list under this one: a call that is seen by mistake is forgotten with the next sweep.
        var call = activation.FirstRunning;
        for (var i = 0; call is not null && i < MostLookedAt; call = call.Next, i++)
        {
            if (call.Is(CallFlags.System | CallFlags.Bound | CallFlags.Resting)) continue;
            var wasHoldingUp = _running.TryGetValue(call, out var before) && before.HoldsUp && before.Stamp == call.Stamp;
            var tookMs = See(_running, call, nowMs, limits.WarningMs, out var isDue);
            if (isDue) LogRequestRuns(call, tookMs, activation.WaitingCount, limits.WarningMs);
            if (tookMs <= limits.MaxMs || !activation.IsHeldUpBy(call)) continue;

            // Twice in a row: a call that was just arriving has been let in or not since.
            _running[call] = _running[call] with { HoldsUp = true };
            if (wasHoldingUp && activation.TryAbandonStuck(call, tookMs, limits.MaxMs))
            {
                LogStuck(activation.GrainId, call, tookMs, limits.MaxMs);
                return;
            }
        }

        if (activation.FirstWaiting is not { } first) return;
        var waitedMs = See(_waiting, first, nowMs, limits.QueueWarningMs, out var waitsLong);
        if (waitsLong) LogRequestWaits(first, waitedMs, activation.WaitingCount, activation.DescribeRunning(), limits.QueueWarningMs);
    }

    // Returns for how long it has been seen. It is due for the log at the limit, and each time that it has taken twice as long.
    private long See(Dictionary<GrainCall, Sighting> sightings, GrainCall call, long nowMs, long limitMs, out bool isDue)
    {
        // One object may be one call after another.
        var sighting = sightings.TryGetValue(call, out var known) && known.Stamp == call.Stamp ? known : new Sighting(call.Stamp, nowMs, nowMs + limitMs, _sweep, HoldsUp: false);
        var tookMs = nowMs - sighting.FirstMs;
        isDue = ReferenceEquals(sighting, known) && nowMs >= sighting.LogAtMs;
        sightings[call] = sighting with { Sweep = _sweep, HoldsUp = false, LogAtMs = isDue ? nowMs + tookMs : sighting.LogAtMs };
        return tookMs;
    }

    private void Forget(Dictionary<GrainCall, Sighting> sightings)
    {
        foreach (var (call, sighting) in sightings)
        {
            if (sighting.Sweep != _sweep) _gone.Add(call);
        }

        foreach (var call in _gone) sightings.Remove(call);
        _gone.Clear();
    }

    private sealed record Sighting(short Stamp, long FirstMs, long LogAtMs, int Sweep, bool HoldsUp);
}
