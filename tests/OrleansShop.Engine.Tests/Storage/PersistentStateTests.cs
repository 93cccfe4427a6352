using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Storage;
using Xunit;

namespace OrleansShop.Engine.Tests.Storage;

public sealed class PersistentStateTests
{
    [Fact]
    public async Task A_state_is_there_again_in_the_next_activation()
    {
        await using var silo = await Start();
        var grain = silo.Get<INoteGrain>(1);
        Assert.Equal("text=, exists=False, etag=", await grain.Describe());
        await grain.Write("hello");
        await grain.Leave();
        await Eventually.Holds(() => silo.Catalog.Count == 0, "the activation is gone");
        Assert.Equal("text=hello, exists=True, etag=1", await grain.Describe());
    }

    [Fact]
    public async Task A_state_is_loaded_before_OnActivateAsync()
    {
        await using var silo = await Start();
        var grain = silo.Get<INoteGrain>(1);
        await grain.Write("hello");
        await grain.Leave();
        await Eventually.Holds(() => silo.Catalog.Count == 0, "the activation is gone");
        Assert.Equal("hello", await grain.SeenInActivation());
    }

    [Fact]
    public async Task A_cleared_state_is_empty_and_can_be_written_again()
    {
        await using var silo = await Start();
        var grain = silo.Get<INoteGrain>(1);
        await grain.Write("hello");
        await grain.Clear();
        Assert.Equal("text=, exists=False, etag=2", await grain.Describe());
        await grain.Write("again");
        Assert.Equal("text=again, exists=True, etag=3", await grain.Describe());
    }

    [Fact]
    public async Task A_lost_race_reaches_the_caller_and_deactivates_the_grain()
    {
        await using var silo = await Start();
        var grain = silo.Get<INoteGrain>(1);
        await grain.Write("hello");
        var storage = silo.Services.GetRequiredKeyedService<IGrainStorage>("notes");
        var behind = new GrainState<NoteState>();
        await storage.ReadStateAsync("note", grain.GetGrainId(), behind);
        behind.State!.Text = "from elsewhere";
        await storage.WriteStateAsync("note", grain.GetGrainId(), behind);

        var conflict = await Assert.ThrowsAsync<InconsistentStateException>(() => grain.Write("lost"));
        Assert.Equal(("2", "1"), (conflict.StoredEtag, conflict.CurrentEtag));
        await Eventually.Holds(async () => (await grain.Describe()).StartsWith("text=from elsewhere", StringComparison.Ordinal), "a new activation has read the stored state");
    }

    [Fact]
    public async Task A_grain_of_a_state_finds_it_again()
    {
        await using var silo = await Start();
        var grain = silo.Get<ICounterOfStateGrain>(1);
        Assert.Equal(1, await grain.Add());
        Assert.Equal(2, await grain.Add());
        await grain.Leave();
        await Eventually.Holds(() => silo.Catalog.Count == 0, "the activation is gone");
        Assert.Equal(3, await grain.Add());
        await grain.Reset();
        Assert.Equal(1, await grain.Add());
    }

    [Fact]
    public async Task A_missing_provider_fails_the_call_and_names_what_to_add()
    {
        await using var silo = await TestSilo.StartAsync();
        var failure = await Assert.ThrowsAsync<BadProviderConfigException>(() => silo.Get<INoteGrain>(1).Describe());
        Assert.Contains("\"notes\"", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task States_of_different_names_and_grains_are_apart()
    {
        await using var silo = await Start();
        await silo.Get<INoteGrain>(1).Write("one");
        await silo.Get<INoteGrain>(2).Write("two");
        Assert.StartsWith("text=one", await silo.Get<INoteGrain>(1).Describe(), StringComparison.Ordinal);
        Assert.Equal(0, await silo.Get<INoteGrain>(1).OtherState());
    }

    private static Task<TestSilo> Start() => TestSilo.StartAsync(static silo => silo.InOwnCluster().AddMemoryGrainStorage("notes").AddMemoryGrainStorageAsDefault());
}

[GenerateSerializer]
public sealed class NoteState
{
    [Id(0)]
    public string Text { get; set; } = "";
}

[GenerateSerializer]
public sealed record CountState
{
    [Id(0)]
    public int Count { get; set; }
}

public interface INoteGrain : IGrainWithIntegerKey
{
    Task Write(string text);

    Task Clear();

    Task<string> Describe();

    Task<string> SeenInActivation();

    Task<int> OtherState();

    Task Leave();
}

internal sealed class NoteGrain([PersistentState("note", "notes")] IPersistentState<NoteState> note, [PersistentState("count")] IPersistentState<CountState> count) : Grain, INoteGrain
{
    private string _seen = "";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _seen = note.State.Text;
        return Task.CompletedTask;
    }

    public Task Write(string text)
    {
        note.State.Text = text;
        return note.WriteStateAsync();
    }

    public Task Clear() => note.ClearStateAsync();

    public Task<string> Describe() => Task.FromResult($"text={note.State.Text}, exists={note.RecordExists}, etag={note.Etag}");

    public Task<string> SeenInActivation() => Task.FromResult(_seen);

    public Task<int> OtherState() => Task.FromResult(count.State.Count);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

public interface ICounterOfStateGrain : IGrainWithIntegerKey
{
    Task<int> Add();

    Task Reset();

    Task Leave();
}

[StorageProvider(ProviderName = "notes")]
internal sealed class CounterOfStateGrain : Grain<CountState>, ICounterOfStateGrain
{
    public async Task<int> Add()
    {
        State.Count++;
        await WriteStateAsync();
        return State.Count;
    }

    public Task Reset() => ClearStateAsync();

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
