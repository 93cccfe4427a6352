using System.Diagnostics.Metrics;
using OrleansShop.Engine.Diagnostics;

namespace OrleansShop.Engine.Streams;

/// <summary>The counters of streams in one process, by provider.</summary>
internal sealed class StreamMetrics(EngineMetrics metrics)
{
    private readonly Counter<long> _published = metrics.Meter.CreateCounter<long>("orleans-streams-queue-messages-sent");
    private readonly Counter<long> _read = metrics.Meter.CreateCounter<long>("orleans-streams-persistent-stream-messages-read");
    private readonly Counter<long> _delivered = metrics.Meter.CreateCounter<long>("orleans-streams-persistent-stream-messages-sent");
    private readonly Counter<long> _retried = metrics.Meter.CreateCounter<long>("orleans-streams-delivery-retries");
    private readonly Counter<long> _attempts = metrics.Meter.CreateCounter<long>("orleans-streams-delivery-attempts");
    private readonly Counter<long> _deadLettered = metrics.Meter.CreateCounter<long>("orleans-streams-dead-letters-added");
    private readonly Counter<long> _deadLetteringFailed = metrics.Meter.CreateCounter<long>("orleans-streams-dead-letters-add-failures");
    private readonly Counter<long> _deadLettersDropped = metrics.Meter.CreateCounter<long>("orleans-streams-dead-letters-dropped");
    private readonly Counter<long> _redriven = metrics.Meter.CreateCounter<long>("orleans-streams-dead-letters-redriven");
    private readonly Counter<long> _failed = metrics.Meter.CreateCounter<long>("orleans-streams-delivery-failures");
    private readonly Counter<long> _dropped = metrics.Meter.CreateCounter<long>("orleans-streams-messages-without-observer");
    private readonly UpDownCounter<int> _agents = metrics.Meter.CreateUpDownCounter<int>("orleans-streams-persistent-stream-pulling-agents");

    public void Published(string provider, int events) => _published.Add(events, Of(provider));

    public void Read(string provider, int messages) => _read.Add(messages, Of(provider));

    public void Delivered(string provider, int messages) => _delivered.Add(messages, Of(provider));

    public void Retried(string provider) => _retried.Add(1, Of(provider));

    public void Attempted(string provider) => _attempts.Add(1, Of(provider));

    public void DeadLettered(string provider) => _deadLettered.Add(1, Of(provider));

    public void DeadLetteringFailed(string provider) => _deadLetteringFailed.Add(1, Of(provider));

    public void DeadLettersDropped(string provider, int letters) => _deadLettersDropped.Add(letters, Of(provider));

    public void Redriven(string provider) => _redriven.Add(1, Of(provider));

    public void Failed(string provider) => _failed.Add(1, Of(provider));

    public void Dropped(string provider) => _dropped.Add(1, Of(provider));

    public void AgentStarted(string provider) => _agents.Add(1, Of(provider));

    public void AgentStopped(string provider) => _agents.Add(-1, Of(provider));

    private static KeyValuePair<string, object?> Of(string provider) => new("name", provider);
}
