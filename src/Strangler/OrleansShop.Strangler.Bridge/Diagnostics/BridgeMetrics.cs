using System.Diagnostics.Metrics;

namespace OrleansShop.Strangler.Bridge.Diagnostics;

/// <summary>How long calls take and how they end, by operation.</summary>
internal sealed class BridgeMetrics(IMeterFactory meters)
{
    private readonly Histogram<double> _duration = meters.Create("OrleansShop.Strangler").CreateHistogram<double>(
        "orleansshop.bridge.call.duration", unit: "s", description: "Time from the parsed request to the answer; tags operation and outcome.");

    internal void Record(string operation, string outcome, TimeSpan elapsed) => _duration.Record(
        elapsed.TotalSeconds,
        new KeyValuePair<string, object?>("operation", operation),
        new KeyValuePair<string, object?>("outcome", outcome));
}
