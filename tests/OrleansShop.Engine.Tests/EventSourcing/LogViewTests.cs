using Orleans.EventSourcing;
using Xunit;
using LogProvider = Orleans.EventSourcing.LogStorage.LogConsistencyProvider;
using StateProvider = Orleans.EventSourcing.StateStorage.LogConsistencyProvider;

namespace OrleansShop.Engine.Tests.EventSourcing;

public sealed class LogViewTests
{
    [Fact]
    public void Events_of_one_turn_and_those_raised_while_a_write_is_on_its_way_are_written_together()
    {
        using var world = Activated(new LogProvider());
        var writer = world.Writers[0];
        world.Do(() => Raise(writer, "a", "b"));
        Assert.Equal(1, world.Storage.WaitingCount);
        world.Do(() => Raise(writer, "c"));
        world.Do(() => Raise(writer, "d"));
        world.Next();
        Assert.Equal(["a", "b"], world.Stored);
        Assert.Equal(["c", "d"], writer.View.UnconfirmedSuffix.Select(static entry => entry.Name));
        Assert.Equal(["a", "b"], writer.View.ConfirmedView.Names);
        Assert.Equal(["a", "b", "c", "d"], writer.View.TentativeView.Names);
        world.Next();
        Assert.Equal(["a", "b", "c", "d"], world.Stored);
        Assert.Equal(0, world.Storage.WaitingCount);
    }

    [Fact]
    public void A_confirmation_waits_for_what_was_raised_before_it_and_not_for_what_comes_after()
    {
        using var world = Activated(new LogProvider());
        var writer = world.Writers[0];
        world.Do(() => Raise(writer, "a"));
        var confirmed = world.Do(writer.View.ConfirmSubmittedEntries);
        world.Do(() => Raise(writer, "b"));
        Assert.False(confirmed.IsCompleted);
        world.Next();
        Assert.True(confirmed.IsCompletedSuccessfully);
        Assert.Equal(["a"], world.Stored);
    }

    [Fact]
    public void While_storage_fails_the_delays_grow_and_the_grain_is_told()
    {
        using var world = Activated(new LogProvider());
        var writer = world.Writers[0];
        world.Do(() => Raise(writer, "a"));
        writer.Told.Clear();
        for (var i = 0; i < 4; i++)
        {
            world.Next(Outcome.Fails);
            Assert.Equal(0, world.Storage.WaitingCount);
            world.Time.Advance(TimeSpan.FromSeconds(10));
            world.Pump.RunAll();

            // The log is read before the next try.
            world.Next();
        }

        world.Next();
        Assert.Equal(
            ["WriteFailed: IOException", "issue 1 50", "WriteFailed: IOException", "issue 2 100", "WriteFailed: IOException", "issue 3 200", "WriteFailed: IOException", "issue 4 400", "resolved", "confirmed a"],
            writer.Told);
        Assert.IsType<IOException>(((Orleans.EventSourcing.Common.PrimaryOperationFailed)writer.Issues[0]).Exception);
        Assert.Equal(["a"], world.Stored);
    }

    [Fact]
    public void The_grain_may_change_the_delay()
    {
        using var world = Activated(new LogProvider());
        var writer = world.Writers[0];
        writer.DelayToUse = TimeSpan.FromMinutes(1);
        world.Do(() => Raise(writer, "a"));
        world.Next(Outcome.Fails);
        world.Time.Advance(TimeSpan.FromSeconds(59));
        world.Pump.RunAll();
        Assert.Equal(0, world.Storage.WaitingCount);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        world.Pump.RunAll();
        Assert.Equal(1, world.Storage.WaitingCount);
    }

    [Theory]
    [InlineData("log")]
    [InlineData("state")]
    public void A_write_whose_answer_was_lost_is_not_repeated(string provider)
    {
        using var world = Activated(ProviderOf(provider));
        var writer = world.Writers[0];
        var appended = world.Do(() => writer.View.TryAppend(new Entry("a")));
        world.Next(Outcome.DoneUnanswered);
        world.Settle();
        Assert.True(TurnPump.ResultOf(appended));
        Assert.Equal(["a"], world.Stored);
        Assert.Equal(1, writer.View.ConfirmedVersion);
    }

    [Theory]
    [InlineData("log")]
    [InlineData("state")]
    public void A_write_whose_answer_was_lost_is_found_behind_what_others_wrote_since(string provider)
    {
        using var world = Activated(ProviderOf(provider), writers: 2);
        var (one, two) = (world.Writers[0], world.Writers[1]);
        world.Do(() => Raise(one, "a"));
        world.Next(Outcome.DoneUnanswered);
        world.Do(() => Raise(two, "b"));
        world.Next();
        world.Next();
        world.Next();
        Assert.Equal(["a", "b"], world.Stored);
        world.Settle();
        Assert.Equal(["a", "b"], world.Stored);
        Assert.Empty(one.View.UnconfirmedSuffix);
    }

    [Theory]
    [InlineData("log")]
    [InlineData("state")]
    public void When_others_were_faster_unconditional_events_follow_and_conditional_ones_are_refused(string provider)
    {
        using var world = Activated(ProviderOf(provider), writers: 2);
        var (one, two) = (world.Writers[0], world.Writers[1]);
        world.Do(() => Raise(one, "first"));
        world.Settle();
        world.Do(() => Raise(two, "a"));
        var conditional = world.Do(() => two.View.TryAppendRange([new Entry("b"), new Entry("c")]));
        world.Do(() => Raise(two, "d"));
        Assert.Equal(["a", "b", "c", "d"], two.View.TentativeView.Names);
        world.Settle();
        Assert.False(TurnPump.ResultOf(conditional));
        Assert.Equal(["first", "a", "d"], world.Stored);
        Assert.Equal(["first", "a", "d"], two.View.ConfirmedView.Names);
    }

    [Fact]
    public void A_cleared_log_takes_what_is_raised_after_it_and_nothing_of_before()
    {
        using var world = Activated(new LogProvider());
        var writer = world.Writers[0];
        world.Do(() => Raise(writer, "a"));
        var cleared = world.Do(() => writer.View.ClearLogAsync(CancellationToken.None));
        world.Do(() => Raise(writer, "b"));
        Assert.Equal(["b"], writer.View.TentativeView.Names);
        world.Settle();
        Assert.True(cleared.IsCompletedSuccessfully);
        Assert.Equal(["b"], world.Stored);
        Assert.Equal(1, writer.View.ConfirmedVersion);
    }

    [Fact]
    public void A_clear_that_was_not_begun_can_be_cancelled()
    {
        using var world = Activated(new LogProvider());
        var writer = world.Writers[0];
        using var cancellation = new CancellationTokenSource();
        world.Do(() => Raise(writer, "a"));
        var cleared = world.Do(() => writer.View.ClearLogAsync(cancellation.Token));
        cancellation.Cancel();
        world.Settle();
        Assert.True(cleared.IsCanceled);
        Assert.Equal(["a"], world.Stored);
        Assert.Equal(["a"], writer.View.TentativeView.Names);
    }

    [Fact]
    public void What_is_not_stored_when_time_is_up_is_reported_as_lost()
    {
        using var world = Activated(new LogProvider());
        var writer = world.Writers[0];
        world.Do(() => Raise(writer, "a"));
        var leaving = world.Do(writer.View.PostOnDeactivate);
        world.Next(Outcome.Fails);
        world.Pump.Do(writer.End);
        Assert.True(leaving.IsFaulted);
        Assert.IsType<TimeoutException>(writer.Fault);
        Assert.Throws<InvalidOperationException>(() => world.Pump.Do(() => writer.View.Submit(new Entry("b"))));
    }

    [Fact]
    public void An_event_in_the_log_that_the_grain_does_not_know_ends_the_activation()
    {
        using var world = Activated(new LogProvider(), writers: 2);
        var (one, two) = (world.Writers[0], world.Writers[1]);
        two.Unknown = "new";
        world.Do(() => Raise(one, "new"));
        world.Settle();
        var refreshed = world.Do(two.View.Synchronize);
        world.Settle();
        Assert.IsType<MissingMethodException>(two.Fault);
        Assert.IsType<MissingMethodException>(refreshed.Exception!.InnerException);
        Assert.Null(one.Fault);
    }

    [Fact]
    public void Segments_are_returned_within_the_log_only()
    {
        using var world = Activated(new LogProvider());
        var view = world.Writers[0].View;
        world.Do(() => Raise(world.Writers[0], "a", "b", "c"));
        world.Settle();
        Assert.Equal([new Entry("b"), new Entry("c")], TurnPump.ResultOf(world.Do(() => view.RetrieveLogSegment(1, 3))));
        Assert.Throws<ArgumentOutOfRangeException>(() => world.Pump.Do(() => _ = view.RetrieveLogSegment(1, 4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => world.Pump.Do(() => _ = view.RetrieveLogSegment(-1, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => world.Pump.Do(() => _ = view.RetrieveLogSegment(2, 1)));
    }

    [Fact]
    public void Counts_are_kept_while_they_are_wanted()
    {
        using var world = Activated(new LogProvider());
        var writer = world.Writers[0];
        Assert.Null(writer.View.GetStats());
        writer.View.EnableStatsCollection();
        world.Do(() => Raise(writer, "a"));
        world.Time.Advance(TimeSpan.FromMilliseconds(30));
        world.Next();
        var counts = writer.View.GetStats()!;
        Assert.Equal(1, counts.EventCounters["Write"]);
        Assert.Equal([30], counts.StabilizationLatenciesInMsecs);
        writer.View.DisableStatsCollection();
        Assert.Null(writer.View.GetStats());
    }

    private static ILogViewAdaptorFactory ProviderOf(string name) => name == "log" ? new LogProvider() : new StateProvider();

    private static bool Raise(LogWriter writer, params string[] names)
    {
        foreach (var name in names) writer.View.Submit(new Entry(name));
        return true;
    }

    private static LogWorld Activated(ILogViewAdaptorFactory provider, int writers = 1)
    {
        var world = new LogWorld(provider, writers);
        foreach (var writer in world.Writers) world.Do(writer.View.PreOnActivate);
        world.Settle();
        return world;
    }
}
