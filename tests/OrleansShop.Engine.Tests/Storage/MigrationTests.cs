using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Storage;
using OrleansShop.Engine.Activations;
using OrleansShop.Engine.Migration;
using OrleansShop.Engine.Storage;
using Xunit;

namespace OrleansShop.Engine.Tests.Storage;

public sealed class MigrationTests
{
    [Fact]
    public async Task A_state_moves_with_its_etag_and_is_not_read_again()
    {
        await using var silo = await Start();
        var left = Note(silo);
        await left.OnStart(TestContext.Current.CancellationToken);
        left.State.Text = "stored";
        await left.WriteStateAsync();
        left.State.Text = "changed since";
        var reads = Storage(silo).Reads;

        var arrived = Note(silo);
        arrived.OnRehydrate(Carry(silo, left.OnDehydrate));
        await arrived.OnStart(TestContext.Current.CancellationToken);

        Assert.Equal(reads, Storage(silo).Reads);
        Assert.Equal(("changed since", "1", true), (arrived.State.Text, arrived.Etag, arrived.RecordExists));
        await arrived.WriteStateAsync();
        Assert.Equal("2", arrived.Etag);
        await Assert.ThrowsAsync<InconsistentStateException>(left.WriteStateAsync);
    }

    [Fact]
    public async Task A_state_that_was_never_stored_moves_too()
    {
        await using var silo = await Start();
        var left = Note(silo);
        await left.OnStart(TestContext.Current.CancellationToken);
        var arrived = Note(silo);
        arrived.OnRehydrate(Carry(silo, left.OnDehydrate));
        await arrived.OnStart(TestContext.Current.CancellationToken);
        Assert.Equal(("", null, false), (arrived.State.Text, arrived.Etag, arrived.RecordExists));
        Assert.Equal(1, Storage(silo).Reads);
    }

    [Fact]
    public async Task A_state_that_did_not_come_along_is_read()
    {
        await using var silo = await Start();
        var left = Note(silo);
        await left.OnStart(TestContext.Current.CancellationToken);
        left.State.Text = "stored";
        await left.WriteStateAsync();
        var arrived = Note(silo);
        arrived.OnRehydrate(Carry(silo, static _ => { }));
        await arrived.OnStart(TestContext.Current.CancellationToken);
        Assert.Equal("stored", arrived.State.Text);
    }

    [Fact]
    public async Task An_activation_begins_with_the_injected_state_that_it_was_given()
    {
        await using var silo = await Start();
        var grain = silo.Get<INoteGrain>(1);
        var carried = new GrainState<NoteState>(new NoteState { Text = "carried" }, "7") { RecordExists = true };
        Assert.True(silo.Catalog.TryMakeHere(grain.GetGrainId(), Luggage(silo, luggage => Assert.True(luggage.TryAddValue("state.note", carried))).ToArray()));
        Assert.Equal("text=carried, exists=True, etag=7", await grain.Describe());
    }

    [Fact]
    public async Task An_activation_of_a_grain_of_a_state_begins_with_the_one_that_it_was_given()
    {
        await using var silo = await Start();
        var grain = silo.Get<ICounterOfStateGrain>(1);
        Assert.Equal(1, await grain.Add());
        await grain.Leave();
        await Eventually.Holds(() => silo.Catalog.Count == 0, "the activation is gone");
        var carried = new GrainState<CountState>(new CountState { Count = 41 }, "1") { RecordExists = true };
        Assert.True(silo.Catalog.TryMakeHere(grain.GetGrainId(), Luggage(silo, luggage => Assert.True(luggage.TryAddValue("state.state", carried))).ToArray()));
        Assert.Equal(42, await grain.Add());
    }

    private static PersistentState<NoteState> Note(TestSilo silo)
    {
        var activation = new Activation(silo.Services.GetRequiredService<GrainClasses>().Find(GrainType.Create("note"))!, GrainIdKeyExtensions.CreateIntegerKey(1));
        return (PersistentState<NoteState>)PersistentState.OfParameter<NoteState>(activation, new PersistentStateAttribute("note", "counted"));
    }

    private static RehydrationContext Carry(TestSilo silo, Action<DehydrationContext> pack) => new(Luggage(silo, pack).ToArray(), silo.Services.GetRequiredService<Serializer>());

    private static DehydrationContext Luggage(TestSilo silo, Action<DehydrationContext> pack)
    {
        var luggage = new DehydrationContext(silo.Services.GetRequiredService<Serializer>(), maxBytes: 1_000_000);
        pack(luggage);
        luggage.AddBytes("always", [1]);
        return luggage;
    }

    private static CountingStorage Storage(TestSilo silo) => (CountingStorage)silo.Services.GetRequiredKeyedService<IGrainStorage>("counted");

    private static Task<TestSilo> Start() => TestSilo.StartAsync(static silo =>
    {
        silo.InOwnCluster().AddMemoryGrainStorage("notes").AddMemoryGrainStorageAsDefault();
        silo.Services.AddKeyedSingleton<IGrainStorage>("counted", static (services, _) => new CountingStorage(services.GetRequiredKeyedService<IGrainStorage>("notes")));
    });
}
