using System.Diagnostics.Metrics;

namespace OrleansShop.Strangler.Outbox;

/// <summary>What can be seen of outboxes, with the event's type as the tag <c>type</c>.</summary>
public sealed class OutboxMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "OrleansShop.Strangler";

    private readonly Counter<long> _recorded;
    private readonly Counter<long> _published;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _swept;
    private readonly Histogram<double> _delay;

    /// <summary>Makes the instruments.</summary>
    public OutboxMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _recorded = meter.CreateCounter<long>("outbox-events-recorded", description: "Events that were stored with their writes.");
        _published = meter.CreateCounter<long>("outbox-events-published", description: "Events that the queue has accepted.");
        _failures = meter.CreateCounter<long>("outbox-publish-failures", description: "Tries to publish an event that failed or whose outcome is unknown.");
        _refused = meter.CreateCounter<long>("outbox-writes-refused", description: "Writes that were refused because the outbox was full.");
        _swept = meter.CreateCounter<long>("outbox-marks-swept", description: "Grains that were asked to publish because their mark had grown old.");
        _delay = meter.CreateHistogram<double>("outbox-publish-delay", "s", "From the recording of an event until the queue has accepted it.");
    }

    internal void Recorded(string type) => _recorded.Add(1, Type(type));

    internal void Published(string type, TimeSpan delay)
    {
        _published.Add(1, Type(type));
        _delay.Record(delay.TotalSeconds, Type(type));
    }

    internal void Failed(string type) => _failures.Add(1, Type(type));

    internal void Refused(string type) => _refused.Add(1, Type(type));

    internal void Swept(int grains) => _swept.Add(grains);

    private static KeyValuePair<string, object?> Type(string type) => new("type", type);
}
