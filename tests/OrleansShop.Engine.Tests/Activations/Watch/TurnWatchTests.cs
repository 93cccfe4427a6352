using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Engine.Diagnostics;
using Xunit;

namespace OrleansShop.Engine.Tests.Activations.Watch;

public sealed class TurnWatchTests
{
    private const int TurnRuns = 1850;
    private const int TurnEnded = 1851;

    [Fact]
    public async Task A_turn_that_does_not_end_is_reported_while_it_runs_with_grain_method_and_time()
    {
        await using var watched = await WatchedSilo.StartAsync();
        var call = watched.Grain(1).HoldThread();
        await watched.UntilEntered(1);
        watched.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(watched.Log.Of(TurnRuns));
        watched.Time.Advance(TimeSpan.FromSeconds(1));
        var report = Assert.Single(watched.Log.Of(TurnRuns));
        Assert.Contains("hold/1", report, StringComparison.Ordinal);
        Assert.Contains("IHoldGrain.HoldThread", report, StringComparison.Ordinal);
        Assert.Contains("1250 ms", report, StringComparison.Ordinal);
        watched.Gates.Of(1).Open();
        await call;
        await Eventually.Holds(() => watched.Log.Of(TurnEnded).Count == 1, "the end of the turn is logged");
    }

    [Fact]
    public async Task It_is_reported_again_at_growing_intervals_and_counted_once()
    {
        await using var watched = await WatchedSilo.StartAsync();
        var counted = 0L;
        using var listener = new MeterListener();
        var meter = watched.Silo.Services.GetRequiredService<EngineMetrics>().Meter;
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter, meter) && instrument.Name == "orleans-scheduler-long-running-turns") self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => counted = value);
        listener.Start();
        var call = watched.Grain(1).HoldThread();
        await watched.UntilEntered(1);
        watched.Time.Advance(TimeSpan.FromMinutes(10));
        var reports = watched.Log.Of(TurnRuns);

        // At 1.25 s and then at each doubling: 2.5 s, 5 s, ... up to 640 s, which is after the end.
        Assert.Equal(9, reports.Count);
        listener.RecordObservableInstruments();
        Assert.Equal(1, counted);
        watched.Gates.Of(1).Open();
        await call;
        await Eventually.Holds(() => watched.Log.Of(TurnEnded).Count == 1, "the end of the turn is logged");
        listener.RecordObservableInstruments();
        Assert.Equal(1, counted);
    }

    [Fact]
    public async Task A_request_that_awaits_is_no_long_turn()
    {
        await using var watched = await WatchedSilo.StartAsync();
        var call = watched.Grain(1).HoldRequest();
        await watched.UntilEntered(1);
        watched.Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Empty(watched.Log.Of(TurnRuns));
        watched.Gates.Of(1).Open();
        await call;
    }

    [Fact]
    public async Task A_constructor_that_does_not_return_is_reported_as_such()
    {
        await using var watched = await WatchedSilo.StartAsync();
        var call = watched.Silo.Get<ISlowlyMadeGrain>(1).Answer();
        await watched.UntilEntered(1);
        watched.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Contains("the constructor", Assert.Single(watched.Log.Of(TurnRuns)), StringComparison.Ordinal);
        watched.Gates.Of(1).Open();
        await call;
    }
}

public interface ISlowlyMadeGrain : IGrainWithIntegerKey
{
    Task Answer();
}

internal sealed class SlowlyMadeGrain : Grain, ISlowlyMadeGrain
{
    public SlowlyMadeGrain(Gates gates)
    {
        gates.Of(1).Entered();
        gates.Of(1).BlockUntilOpen();
    }

    public Task Answer() => Task.CompletedTask;
}
