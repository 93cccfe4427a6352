using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Orleans.Diagnostics;
using Xunit;

namespace OrleansShop.Engine.Tests.Diagnostics;

public sealed class DiagnosticsTests
{
    [Fact]
    public async Task The_meter_counts_activations_under_the_known_names()
    {
        var values = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Microsoft.Orleans") self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => values.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => values.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.Start();
        await using var silo = await TestSilo.StartAsync();
        for (var key = 0; key < 3; key++) await silo.Get<Calls.IIntegerKeyGrain>(key).Key();
        listener.RecordObservableInstruments();
        Assert.True(values["orleans-catalog-activations"] >= 3);
        Assert.True(values["orleans-catalog-activation-created"] >= 3);
        Assert.True(values["orleans-grains"] >= 3);
        Assert.Contains("orleans-messaging-expired", values.Keys);
        Assert.Contains("orleans-scheduler-long-running-turns", values.Keys);
    }

    [Fact]
    public async Task A_trace_goes_from_the_caller_through_the_call_into_the_grain()
    {
        var activities = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is ActivitySources.ApplicationGrainActivitySourceName or "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("test");
        await using var silo = await TestSilo.StartAsync(silo => silo.AddActivityPropagation());
        ActivityTraceId trace;
        using (var root = source.StartActivity("root"))
        {
            trace = root!.TraceId;
            await silo.Get<Calls.IIntegerKeyGrain>(1).Key();
        }

        await Eventually.Holds(() => activities.Count(activity => activity.TraceId == trace) == 3, "caller, call and grain are one trace");
        var called = activities.Single(activity => activity.TraceId == trace && activity.Kind == ActivityKind.Client);
        var received = activities.Single(activity => activity.TraceId == trace && activity.Kind == ActivityKind.Server);
        Assert.Equal(called.SpanId, received.ParentSpanId);
        Assert.Equal("Key", received.GetTagItem("rpc.method"));
    }

    [Fact]
    public async Task The_latency_of_calls_is_measured_while_somebody_listens()
    {
        var count = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "orleans-app-requests-latency") self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => Interlocked.Add(ref count, value > 0 ? 1 : 0));
        listener.Start();
        await using var silo = await TestSilo.StartAsync();
        for (var key = 0; key < 5; key++) await silo.Get<Calls.IIntegerKeyGrain>(key).Key();
        Assert.True(count >= 5);
    }

    [Fact]
    public async Task A_turn_that_blocks_is_counted()
    {
        await using var silo = await TestSilo.StartAsync(silo => silo.Configure<Orleans.Configuration.SchedulingOptions>(options => options.TurnWarningLengthThreshold = TimeSpan.FromMilliseconds(100)));
        var count = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "orleans-scheduler-long-running-turns") self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => count = Math.Max(count, value));
        listener.Start();
        await silo.Get<IBlockingGrain>(1).Block();

        // The answer leaves before the turn that gave it has ended, and a turn is counted at its end.
        var waited = Stopwatch.StartNew();
        for (; count < 1 && waited.Elapsed < TimeSpan.FromSeconds(20); await Task.Delay(20))
        {
            listener.RecordObservableInstruments();
        }

        Assert.True(count >= 1);
    }
}

public interface IBlockingGrain : IGrainWithIntegerKey
{
    Task Block();
}

internal sealed class BlockingGrain : Grain, IBlockingGrain
{
    public Task Block()
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1)) Thread.SpinWait(1000);
        return Task.CompletedTask;
    }
}
