using System.Diagnostics.Metrics;
using Orleans;
using OrleansShop.Engine.Storage;

namespace OrleansShop.Engine.Diagnostics;

/// <summary>The counters of one silo or client, under the names that dashboards know.</summary>
/// <remarks>Counting costs one striped increment; the sums are made when a listener asks.</remarks>
internal sealed class EngineMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Microsoft.Orleans";

    private readonly Meter _meter;
    private readonly StripedCounter _created = new();
    private readonly StripedCounter _activated = new();
    private readonly StripedCounter _activationFailed = new();
    private readonly StripedCounter _deactivated = new();
    private readonly StripedCounter _collected = new();
    private readonly StripedCounter _asked = new();
    private readonly StripedCounter _migrated = new();
    private readonly StripedCounter _stuck = new();
    private readonly StripedCounter _expired = new();
    private readonly StripedCounter _rejected = new();
    private readonly StripedCounter _rerouted = new();
    private readonly StripedCounter _longTurns = new();
    private readonly StripedCounter _timedOut = new();
    private readonly StripedCounter _canceled = new();
    private readonly Histogram<double> _requestLatency;
    private readonly Histogram<int> _sentSize;
    private readonly Histogram<int> _receivedSize;

    public EngineMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        Storage = new StorageOperations(_meter);
        Observe("orleans-catalog-activation-created", _created);
        Observe("orleans-catalog-activation-destroyed", _deactivated);
        Observe("orleans-catalog-activation-failed-to-activate", _activationFailed);
        _meter.CreateObservableCounter("orleans-catalog-activation-shutdown", ShutDowns);
        Observe("orleans-messaging-expired", _expired);
        Observe("orleans-messaging-rejected", _rejected);
        Observe("orleans-messaging-rerouted", _rerouted);
        Observe("orleans-scheduler-long-running-turns", _longTurns);
        Observe("orleans-app-requests-timedout", _timedOut);
        Observe("orleans-app-requests-canceled", _canceled);
        _requestLatency = _meter.CreateHistogram<double>("orleans-app-requests-latency", "ms");
        _sentSize = _meter.CreateHistogram<int>("orleans-messaging-sent-messages-size", "bytes");
        _receivedSize = _meter.CreateHistogram<int>("orleans-messaging-received-messages-size", "bytes");
        _meter.CreateObservableGauge("orleans-runtime-available-memory", static () => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20, "MB");
        _meter.CreateObservableGauge("orleans-catalog-activations", () => _activationCount?.Invoke() ?? 0);
        _meter.CreateObservableGauge("orleans-grains", CountsByType);
    }

    private Func<int>? _activationCount;
    private Func<Dictionary<string, int>>? _countByType;

    /// <summary>The meter, for the instruments of other parts of the engine.</summary>
    public Meter Meter => _meter;

    public StorageOperations Storage { get; }

    /// <summary>Whether anybody listens to the latency of requests: only then it is measured.</summary>
    public bool MeasuresRequests => _requestLatency.Enabled;

    public void ObserveActivations(Func<int> count, Func<Dictionary<string, int>> countByType)
    {
        _activationCount = count;
        _countByType = countByType;
    }

    public void Created() => _created.Increment();

    public void Activated() => _activated.Increment();

    public void ActivationFailed() => _activationFailed.Increment();

    public void Deactivated() => _deactivated.Increment();

    /// <summary>An activation goes, for one of the reasons that dashboards tell apart, or for another.</summary>
    public void ShutDown(DeactivationReasonCode reason) => (reason switch
    {
        DeactivationReasonCode.ActivationIdle => _collected,
        DeactivationReasonCode.ApplicationRequested => _asked,
        DeactivationReasonCode.Migrating => _migrated,
        DeactivationReasonCode.ActivationUnresponsive => _stuck,
        _ => null,
    })?.Increment();

    public void Expired() => _expired.Increment();

    public void Rejected() => _rejected.Increment();

    public void MessageSent(int bytes)
    {
        if (_sentSize.Enabled) _sentSize.Record(bytes);
    }

    public void MessageReceived(int bytes)
    {
        if (_receivedSize.Enabled) _receivedSize.Record(bytes);
    }

    public void Rerouted() => _rerouted.Increment();

    public void LongTurn() => _longTurns.Increment();

    public void TimedOut() => _timedOut.Increment();

    public void Canceled() => _canceled.Increment();

    public void RequestEnded(double milliseconds) => _requestLatency.Record(milliseconds);

    public void Dispose() => _meter.Dispose();

    private Measurement<long>[] ShutDowns() => [Via("collection", _collected), Via("deactivateOnIdle", _asked), Via("migration", _migrated), Via("deactivateStuckActivation", _stuck)];

    private static Measurement<long> Via(string via, StripedCounter counter) => new(counter.Sum, new KeyValuePair<string, object?>("via", via));

    private void Observe(string name, StripedCounter counter) => _meter.CreateObservableCounter(name, () => counter.Sum);

    private IEnumerable<Measurement<int>> CountsByType() =>
        _countByType?.Invoke().Select(static pair => new Measurement<int>(pair.Value, new KeyValuePair<string, object?>("type", pair.Key))) ?? [];
}
