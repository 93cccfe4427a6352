using System.Diagnostics;
using Orleans.TestingHost.Diagnostics;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests.Diagnostics;

public sealed class DiagnosticEventCollectorTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Events_of_listeners_with_the_prefix_are_captured_whether_they_were_there_before_or_come_later()
    {
        var token = TestContext.Current.CancellationToken;
        using var before = new DiagnosticListener("Collected.Before");
        using var collector = new DiagnosticEventCollector("Collected.");
        using var after = new DiagnosticListener("Collected.After");
        using var other = new DiagnosticListener("Other");

        before.Write("made", 1);
        after.Write("made", 2);
        Assert.False(other.IsEnabled());

        Assert.Equal([1, 2], (await collector.WaitForEventCountAsync("made", 2, Long, token)).Select(@event => (int)@event.Payload!));
        Assert.Equal(2, (await collector.WaitForEventAsync("made", @event => @event.Payload is 2, Long, token)).Payload);
        Assert.Equal(2, collector.GetEventCount("made"));
        collector.Clear();
        Assert.Empty(collector.Events);
    }

    [Fact]
    public async Task A_wait_ends_with_the_event_or_in_time()
    {
        var token = TestContext.Current.CancellationToken;
        using var listener = new DiagnosticListener("Waited");
        using var collector = new DiagnosticEventCollector("Waited");
        var wait = collector.WaitForEventAsync("late", Long, token);
        Assert.False(wait.IsCompleted);
        listener.Write("late", "here");
        Assert.Equal("here", (await wait).Payload);

        var next = collector.CreateEventAwaiter("late");
        Assert.False(next.Task.IsCompleted);
        listener.Write("late", "again");
        Assert.Equal("again", (await next.Task.WaitAsync(Long, token)).Payload);

        await Assert.ThrowsAsync<TimeoutException>(() => collector.WaitForEventAsync("never", TimeSpan.FromMilliseconds(20), token));
    }
}
