using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OrleansShop.Engine.Sqs.Calling;

/// <summary>Counts and times what is sent to SQS and SNS, each try for itself: that is what costs money, and what is limited.</summary>
internal sealed class CallMetrics : IDisposable
{
    public const string MeterName = "OrleansShop.Engine.Sqs";

    private readonly Meter _meter;
    private readonly bool _isOurs;
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _damaged;

    public CallMetrics(IMeterFactory? meters)
    {
        // A factory's meter lives as long as the factory, and is shared.
        (_meter, _isOurs) = meters is null ? (new Meter(MeterName), true) : (meters.Create(MeterName), false);
        _calls = _meter.CreateCounter<long>("sqs.calls", "{call}", "Calls to SQS and SNS, each try for itself, by operation and outcome: ok, the service's code, or the kind of failure.");
        _duration = _meter.CreateHistogram<double>("sqs.call.duration", "s", "How long calls took, by operation; a receive that waits for messages takes its waiting time.");
        _damaged = _meter.CreateCounter<long>("sqs.messages.damaged", "{message}", "Received messages whose body was not what its digest says.");
    }

    public void CountCall(string operation, string outcome, TimeSpan duration)
    {
        _calls.Add(1, new KeyValuePair<string, object?>("operation", operation), new KeyValuePair<string, object?>("outcome", outcome));
        _duration.Record(duration.TotalSeconds, new TagList { { "operation", operation } });
    }

    public void CountDamaged() => _damaged.Add(1);

    public void Dispose()
    {
        if (_isOurs) _meter.Dispose();
    }
}
