using System.Diagnostics.Metrics;
using Yarp.ReverseProxy.Forwarder;

namespace OrleansShop.Gateway.Diagnostics;

/// <summary>What the gateway counts. Meter <c>OrleansShop.Gateway</c>.</summary>
internal sealed class GatewayMetrics : IDisposable
{
    public const string MeterName = "OrleansShop.Gateway";

    private readonly Meter _meter;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _owned;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _repairs;
    private readonly Histogram<double> _places;
    private readonly Counter<long> _mirrored;

    public GatewayMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _requests = _meter.CreateCounter<long>("gateway.requests", "{request}", "Requests by capability and by the side that they were sent to.");
        _owned = _meter.CreateCounter<long>("gateway.requests.owned", "{request}", "Requests for one entity that grains serve, by whether its owner was known and could be sent to.");
        _failures = _meter.CreateCounter<long>("gateway.forwarding.failures", "{attempt}", "Attempts to forward that failed, by backend and kind of failure.");
        _repairs = _meter.CreateCounter<long>("gateway.repairs", "{request}", "Requests that met an entity at the side that does not own it, by capability, cause and outcome.");
        _mirrored = _meter.CreateCounter<long>("gateway.reads.mirrored", "{request}", "Reads of capabilities in Shadow that were answered by both sides, by capability and by what comparing them gave.");
        _places = _meter.CreateHistogram<double>("gateway.place.duration", "s", "How long services took to put an entity where it should be, by capability.");
    }

    /// <remarks>Hot path: nothing but a flag test while no one listens.</remarks>
    public void RequestForwarded(string capability, string side)
    {
        if (_requests.Enabled)
        {
            _requests.Add(1, new("capability", capability), new("side", side));
        }
    }

    /// <remarks>Hot path: nothing but a flag test while no one listens.</remarks>
    public void OwnerSought(string capability, string outcome)
    {
        if (_owned.Enabled)
        {
            _owned.Add(1, new("capability", capability), new("outcome", outcome));
        }
    }

    public void ForwardingFailed(string backend, ForwarderError error) =>
        _failures.Add(1, new("backend", backend), new("error", error.ToString()));

    /// <param name="capability">The capability.</param>
    /// <param name="cause"><c>misdirected</c>: a service was not the owner. <c>refused</c>: the monolith failed, perhaps at a fence.</param>
    /// <param name="outcome"><c>repaired</c>, <c>relayed</c> (the monolith's failure was its own), or <c>unavailable</c>.</param>
    public void Repaired(string capability, string cause, string outcome) =>
        _repairs.Add(1, new("capability", capability), new("cause", cause), new("outcome", outcome));

    public void Placed(string capability, TimeSpan duration) => _places.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("capability", capability));

    /// <param name="capability">The capability.</param>
    /// <param name="result"><c>equal</c>, <c>different</c>, <c>noise</c> (the monolith differs from itself in the same places), <c>failed</c> (a side did not answer), or <c>dropped</c>.</param>
    public void Mirrored(string capability, string result) => _mirrored.Add(1, new("capability", capability), new("result", result));

    public void Dispose() => _meter.Dispose();
}
