using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Outbox;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Phases.Orders;
using OrleansShop.Strangler.Replication;

namespace OrleansShop.Strangler.Moving;

/// <summary>What can be seen of orders and moves, with the capability's name as the tag <c>capability</c>. One instance per process, thread-safe.</summary>
public sealed class MoveMetrics
{
    private readonly Counter<long> _orders;
    private readonly Counter<long> _moved;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _wait;
    private readonly Counter<long> _refusals;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, LedgerCounts> _owned = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ShadowProgress> _shadows = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, BehindProgress> _behind = new(StringComparer.Ordinal);

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Makes the meter.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public MoveMetrics(IMeterFactory meters, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _time = time ?? TimeProvider.System;
        var meter = meters.Create(OutboxMetrics.MeterName);
        _orders = meter.CreateCounter<long>("capability-orders", description: "Orders to capabilities, by the order and by what came of it.");
        _moved = meter.CreateCounter<long>("entities-moved", description: "Entities that a sweep or a repair has had moved, by the side that owns them now.");
        _failures = meter.CreateCounter<long>("entity-move-failures", description: "Tries to move or copy an entity that have failed; each is repeated.");
        _duration = meter.CreateHistogram<double>("entity-move-duration", "s", "How long the sweep waited for an entity to change sides, its grain's other calls included.");
        _wait = meter.CreateHistogram<double>("entity-move-wait", "s", "How long a move kept the entity's grain busy, whoever asked for it: a request that meets it waits that long at most.");
        _refusals = meter.CreateCounter<long>("entity-refusals", description: "What the bridge refused the grains of entities, by the reason.");
        meter.CreateObservableGauge("entities-owned", Owned, description: "Entities by the side that owns them, from the process that sweeps the capability.");
        meter.CreateObservableGauge("shadow-changes-waiting", () => _shadows.Select(static pair => new Measurement<long>(pair.Value.ChangesWaiting, Of(pair.Key))), description: "Changes of the monolith that the grains' copies do not have yet.");
        meter.CreateObservableGauge("shadow-lag", () => _shadows.Select(static pair => new Measurement<double>(pair.Value.Lag.TotalSeconds, Of(pair.Key))), "s", "How old the oldest of those changes was when it was read.");
        meter.CreateObservableGauge("entities-behind", () => _behind.Select(static pair => new Measurement<long>(pair.Value.Entities, Of(pair.Key))), description: "Entities with acknowledged writes that the monolith's rows lack, where the replication may lag.");
        meter.CreateObservableGauge("entities-behind-for", () => _behind.Select(static pair => new Measurement<double>(pair.Value.For.TotalSeconds, Of(pair.Key))), "s", "For how long there have been such entities without a break.");
    }

    internal void Ordered(string capability, OrderKind order, OrderResult result) =>
        _orders.Add(1, Of(capability), new("order", order.ToString()), new("result", result.ToString()));

    internal void Moved(string capability, EntityOwner to, TimeSpan took)
    {
        _moved.Add(1, Of(capability), new("to", to.ToString()));
        _duration.Record(took.TotalSeconds, Of(capability), new("to", to.ToString()));
    }

    internal long Begin() => _time.GetTimestamp();

    internal void Waited(string capability, EntityOwner to, long began) => _wait.Record(_time.GetElapsedTime(began).TotalSeconds, Of(capability), new("to", to.ToString()));

    internal void Refused(string capability, BridgeRefusal reason) => _refusals.Add(1, Of(capability), new("reason", reason.ToString()));

    internal void Failed(string capability) => _failures.Add(1, Of(capability));

    internal void Counted(string capability, LedgerCounts counts) => _owned[capability] = counts;

    internal void Shadowed(string capability, ShadowProgress progress) => _shadows[capability] = progress;

    internal void FoundBehind(string capability, BehindProgress progress) => _behind[capability] = progress;

    /// <summary>This process tells nothing of a capability any more that another one may sweep now.</summary>
    internal void Forget(string capability)
    {
        _owned.TryRemove(capability, out _);
        _shadows.TryRemove(capability, out _);
        _behind.TryRemove(capability, out _);
    }

    private IEnumerable<Measurement<long>> Owned()
    {
        foreach (var (capability, counts) in _owned)
        {
            yield return new Measurement<long>(counts.Monolith, Of(capability), new("owner", nameof(EntityOwner.Monolith)));
            yield return new Measurement<long>(counts.Grains, Of(capability), new("owner", nameof(EntityOwner.Grains)));
        }
    }

    private static KeyValuePair<string, object?> Of(string capability) => new("capability", capability);
}
