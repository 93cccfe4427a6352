using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Diagnostics;
using Orleans.Storage;
using OrleansShop.Engine.Diagnostics;
using Xunit;

namespace OrleansShop.Engine.Tests.Storage;

public sealed class StorageOperationsTests
{
    [Fact]
    public async Task Each_access_is_an_activity_with_what_it_is_about()
    {
        var grainId = $"note/{Random.Shared.Next():X}";
        var seen = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == ActivitySources.StorageActivitySourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                // Other tests run beside this one.
                if (activity.GetTagItem("orleans.grain.id") as string == grainId) seen.Enqueue(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var silo = await Start();
        var grain = silo.Grains.GetGrain<INoteGrain>(GrainId.Parse(grainId));
        await grain.Write("hello");
        await grain.Clear();

        await Eventually.Holds(() => seen.Count(static activity => activity.GetTagItem("orleans.storage.state.name") as string == "note") == 3, "all accesses are seen");
        var note = seen.Where(static activity => activity.GetTagItem("orleans.storage.state.name") as string == "note").ToList();
        Assert.Equal(["read storage", "write storage", "clear storage"], note.Select(static activity => activity.OperationName));
        Assert.All(note, static activity =>
        {
            Assert.Equal(nameof(MemoryGrainStorage), activity.GetTagItem("orleans.storage.provider"));
            Assert.Equal(nameof(NoteState), activity.GetTagItem("orleans.storage.state.type"));
            Assert.Equal(ActivityStatusCode.Unset, activity.Status);
        });
    }

    [Fact]
    public async Task Latencies_and_failures_are_measured_with_their_tags()
    {
        await using var silo = await Start();
        var meter = silo.Services.GetRequiredService<EngineMetrics>().Meter;
        var seen = new ConcurrentQueue<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (ReferenceEquals(instrument.Meter, meter) && instrument.Name.StartsWith("orleans-storage-", StringComparison.Ordinal)) listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => seen.Enqueue($"{instrument.Name} {Text(tags)}"));
        listener.SetMeasurementEventCallback<int>((instrument, count, tags, _) => seen.Enqueue($"{instrument.Name} {count} {Text(tags)}"));
        listener.Start();
        var grain = silo.Get<INoteGrain>(1);
        await grain.Write("hello");
        var storage = silo.Services.GetRequiredKeyedService<IGrainStorage>("notes");
        await storage.ClearStateAsync("note", grain.GetGrainId(), new GrainState<NoteState>(new NoteState(), "1"));
        await Assert.ThrowsAsync<InconsistentStateException>(() => grain.Write("lost"));

        Assert.Contains("orleans-storage-read-latency MemoryGrainStorage note NoteState", seen);
        Assert.Contains("orleans-storage-write-latency MemoryGrainStorage note NoteState", seen);
        Assert.Contains("orleans-storage-write-errors 1 MemoryGrainStorage note NoteState", seen);
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var byName = tags.ToArray().ToDictionary(static tag => tag.Key, static tag => tag.Value);
        return $"{byName["provider_type_name"]} {byName["state_name"]} {byName["state_type"]}";
    }

    private static Task<TestSilo> Start() => TestSilo.StartAsync(static silo => silo.InOwnCluster().AddMemoryGrainStorage("notes").AddMemoryGrainStorageAsDefault());
}
