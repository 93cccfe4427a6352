using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansShop.Engine.Sqs.Connecting;

namespace OrleansShop.Engine.Sqs.Tests;

/// <summary>What the clients that it opened have counted.</summary>
internal sealed class CountedCalls : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string, string)> _calls = [];
    private long _damaged;

    public CountedCalls()
    {
        var factory = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == factory) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (instrument.Name == "sqs.messages.damaged") Interlocked.Add(ref _damaged, value);
            else if (instrument.Name == "sqs.calls") _calls.Enqueue(((string)tags[0].Value!, (string)tags[1].Value!));
        });
        _listener.Start();
    }

    public IReadOnlyList<(string Operation, string Outcome)> Calls => [.. _calls];

    public long Damaged => Interlocked.Read(ref _damaged);

    public SqsClient Open(string endpoint) => new(
        new SqsClientOptions { Service = endpoint, CallTimeout = TimeSpan.FromSeconds(30) }, NullLogger<SqsClient>.Instance, TimeProvider.System, _services.GetRequiredService<IMeterFactory>());

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }
}
