using OrleansShop.Strangler.Events;
using Xunit;

namespace OrleansShop.Strangler.Tests.Events;

public sealed class InboxTests
{
    private readonly StateInMemory<InboxedState<Total>> _stored = new(new());

    [Fact]
    public async Task An_event_that_comes_again_changes_nothing_and_costs_no_write()
    {
        var inbox = new Inbox<Total>(_stored);

        Assert.Equal(EventReceipt.New, await inbox.HandleAsync(Numbered("/a", 1), static total => total with { Sum = total.Sum + 5 }));
        Assert.Equal(EventReceipt.Duplicate, await inbox.HandleAsync(Numbered("/a", 1), static total => total with { Sum = total.Sum + 5 }));

        Assert.Equal((5, 1), (inbox.Value.Sum, _stored.Writes));
    }

    [Fact]
    public async Task Effect_and_note_are_one_write_so_that_a_failed_one_leaves_neither()
    {
        var inbox = new Inbox<Total>(_stored);
        _stored.FailsNext = true;

        await Assert.ThrowsAsync<IOException>(() => inbox.HandleAsync(Numbered("/a", 1), static total => total with { Sum = total.Sum + 5 }));

        Assert.Equal(0, inbox.Value.Sum);
        Assert.Equal(EventReceipt.New, await inbox.HandleAsync(Numbered("/a", 1), static total => total with { Sum = total.Sum + 5 }));
        Assert.Equal(5, inbox.Value.Sum);
    }

    [Fact]
    public async Task Sources_do_not_know_each_other_and_ids_without_numbers_are_remembered_too()
    {
        var inbox = new Inbox<Total>(_stored);
        foreach (var happened in new[] { Numbered("/a", 1), Numbered("/b", 1), Named("x"), Named("x"), Named("y"), Numbered("/b", 1) })
            await inbox.HandleAsync(happened, static total => total with { Sum = total.Sum + 1 });

        Assert.Equal(4, inbox.Value.Sum);
    }

    [Fact]
    public void What_is_remembered_is_bounded_and_the_longest_silent_source_goes_first()
    {
        var state = new InboxState();
        for (var source = 0; source <= InboxState.MaxSources; source++) state = state.With(Numbered($"/{source}", 1));
        for (var id = 0; id <= InboxState.MaxIds; id++) state = state.With(Named($"{id}"));

        Assert.Equal(InboxState.MaxSources, state.Sources.Length);
        Assert.Equal(InboxState.MaxIds, state.Ids.Length);
        Assert.Equal(EventReceipt.New, state.Look(Numbered("/0", 1)));
        Assert.Equal(EventReceipt.Duplicate, state.Look(Numbered("/1", 1)));
        Assert.Equal(EventReceipt.New, state.Look(Named("0")));
        Assert.Equal(EventReceipt.Duplicate, state.Look(Named("1")));
    }

    private static CloudEvent Numbered(string source, long sequence) => new() { Source = source, Id = $"{sequence}", Type = "counted", Sequence = sequence };

    private static CloudEvent Named(string id) => new() { Source = "/c", Id = id, Type = "counted" };

    private sealed record Total
    {
        public int Sum { get; init; }
    }

    private sealed class StateInMemory<T>(T state) : IPersistentState<T>
    {
        public T State { get; set; } = state;

        public string Etag => $"{Writes}";

        public bool RecordExists => Writes > 0;

        public bool FailsNext { get; set; }

        public int Writes { get; private set; }

        public Task WriteStateAsync()
        {
            if (FailsNext)
            {
                FailsNext = false;
                throw new IOException("The disk is full.");
            }

            Writes++;
            return Task.CompletedTask;
        }

        public Task ReadStateAsync() => Task.CompletedTask;

        public Task ClearStateAsync() => Task.CompletedTask;
    }
}
