using Orleans.Storage;
using Xunit;

namespace OrleansShop.Engine.Tests.Storage;

public sealed class StorageErrorTests
{
    [Fact]
    public async Task A_missing_provider_is_named_with_the_class_the_state_and_those_that_are_there()
    {
        await using var silo = await TestSilo.StartAsync(static silo => silo.AddMemoryGrainStorage("others").AddMemoryGrainStorage("more"));
        var failure = await Assert.ThrowsAsync<BadProviderConfigException>(silo.Get<INoteGrain>(1).Describe);
        Assert.All([typeof(NoteGrain).ToString(), "\"note\"", "\"notes\"", "\"more\", \"others\""], part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_any_provider_the_message_says_so()
    {
        await using var silo = await TestSilo.StartAsync();
        var failure = await Assert.ThrowsAsync<BadProviderConfigException>(silo.Get<ICounterOfStateGrain>(1).Add);
        Assert.Contains("none is registered at all", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_serializer_that_throws_leaves_the_stored_state_and_reaches_the_caller()
    {
        await using var silo = await TestSilo.StartAsync(static silo => silo.InOwnCluster()
            .AddMemoryGrainStorage("notes", static options => options.GrainStorageSerializer = new FailingSerializer()).AddMemoryGrainStorageAsDefault());
        var grain = silo.Get<INoteGrain>(1);
        await grain.Write("kept");
        var failure = await Assert.ThrowsAsync<FormatException>(() => grain.Write("unwritable"));
        Assert.Equal("It cannot be written.", failure.Message);
        Assert.Equal("text=unwritable, exists=True, etag=1", await grain.Describe());
        await grain.Leave();
        await Eventually.Holds(() => silo.Catalog.Count == 0, "the activation is gone");
        Assert.Equal("text=kept, exists=True, etag=1", await grain.Describe());
    }

    [Fact]
    public async Task A_stored_state_that_cannot_be_read_fails_the_activation_and_stays()
    {
        await using var silo = await TestSilo.StartAsync(static silo => silo.InOwnCluster()
            .AddMemoryGrainStorage("notes", static options => options.GrainStorageSerializer = new FailingSerializer()).AddMemoryGrainStorageAsDefault());
        var grain = silo.Get<INoteGrain>(1);
        await grain.Write("unreadable");
        await grain.Leave();
        await Eventually.Holds(() => silo.Catalog.Count == 0, "the activation is gone");
        for (var i = 0; i < 2; i++)
        {
            var failure = await Assert.ThrowsAsync<FormatException>(grain.Describe);
            Assert.Equal("It cannot be read.", failure.Message);
        }
    }

    [Fact]
    public async Task What_the_constructor_of_a_state_throws_reaches_the_caller_as_it_is()
    {
        await using var silo = await TestSilo.StartAsync(static silo => silo.AddMemoryGrainStorageAsDefault());
        var failure = await Assert.ThrowsAsync<FormatException>(silo.Get<IBrokenStateGrain>(1).Touch);
        Assert.Equal("This state cannot be made.", failure.Message);
    }

    /// <summary>Writes texts, and fails half-way for two of them.</summary>
    private sealed class FailingSerializer : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => input is NoteState { Text: "unwritable" } ? throw new FormatException("It cannot be written.") : BinaryData.FromString((input as NoteState)?.Text ?? "");

        public T? Deserialize<T>(BinaryData input) => input.ToString() == "unreadable" ? throw new FormatException("It cannot be read.") : (T)(object)new NoteState { Text = input.ToString() };
    }
}

public interface IBrokenStateGrain : IGrainWithIntegerKey
{
    Task Touch();
}

internal sealed class BrokenState
{
    public BrokenState() => throw new FormatException("This state cannot be made.");
}

internal sealed class BrokenStateGrain : Grain<BrokenState>, IBrokenStateGrain
{
    public Task Touch() => Task.CompletedTask;
}
