using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.Engine.Tests.Storage.Memory;

public sealed class MemoryGrainStorageTests
{
    private static readonly GrainId s_grain = GrainId.Create("note", "1");

    [Fact]
    public async Task What_the_factory_opens_is_what_the_grains_of_the_silo_store_in()
    {
        await using var silo = await Start();
        await silo.Get<INoteGrain>(1).Write("hello");
        using var storage = MemoryGrainStorageFactory.Create(silo.Services, "notes");
        var state = new GrainState<NoteState>();
        await storage.ReadStateAsync("note", s_grain, state);
        Assert.Equal(("hello", "1", true), (state.State!.Text, state.ETag, state.RecordExists));
    }

    [Fact]
    public async Task So_is_what_the_constructor_opens()
    {
        await using var silo = await Start();
        await silo.Get<INoteGrain>(1).Write("hello");
        using var storage = new MemoryGrainStorage(
            "notes", new MemoryGrainStorageOptions(), NullLogger<MemoryGrainStorage>.Instance, silo.Grains, silo.Services.GetRequiredService<IGrainStorageSerializer>(), silo.Services.GetRequiredService<IActivatorProvider>());
        var state = new GrainState<NoteState>();
        await storage.ReadStateAsync("note", s_grain, state);
        Assert.Equal("hello", state.State!.Text);
    }

    [Fact]
    public async Task Latency_passes_before_each_access()
    {
        var time = new ManualTimeProvider();
        await using var silo = await TestSilo.StartAsync(static silo => silo.InOwnCluster().AddMemoryGrainStorage("notes"), time);
        var storage = WithLatency(silo, new MemoryStorageWithLatencyOptions { Latency = TimeSpan.FromSeconds(1) });
        var state = new GrainState<NoteState>(new NoteState { Text = "late" });

        var writing = storage.WriteStateAsync("note", s_grain, state);
        time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(writing.IsCompleted);
        Assert.Null(state.ETag);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await writing;
        Assert.Equal("1", state.ETag);
    }

    [Fact]
    public async Task Calls_that_are_only_mocked_store_nothing()
    {
        await using var silo = await Start();
        var storage = WithLatency(silo, new MemoryStorageWithLatencyOptions { Latency = TimeSpan.Zero, MockCallsOnly = true });
        var state = new GrainState<NoteState>(new NoteState { Text = "late" });
        await storage.WriteStateAsync("note", s_grain, state);
        Assert.Null(state.ETag);
    }

    [Fact]
    public async Task Options_out_of_range_keep_the_silo_from_starting()
    {
        var failure = await Assert.ThrowsAsync<OrleansConfigurationException>(() => TestSilo.StartAsync(static silo => silo.AddMemoryGrainStorage("notes", static options => options.NumStorageGrains = 0)));
        Assert.Contains("\"notes\"", failure.Message, StringComparison.Ordinal);
    }

    private static MemoryGrainStorageWithLatency WithLatency(TestSilo silo, MemoryStorageWithLatencyOptions options) => new(
        "notes", options, NullLoggerFactory.Instance, silo.Grains, silo.Services.GetRequiredService<IActivatorProvider>(), silo.Services.GetRequiredService<IGrainStorageSerializer>());

    private static Task<TestSilo> Start() => TestSilo.StartAsync(static silo => silo.InOwnCluster().AddMemoryGrainStorage("notes").AddMemoryGrainStorageAsDefault());
}
