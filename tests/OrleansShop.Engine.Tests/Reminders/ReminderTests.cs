using Xunit;

namespace OrleansShop.Engine.Tests.Reminders;

public sealed class ReminderTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_reminder_ticks_when_due_and_then_once_a_period()
    {
        await using var cluster = await ReminderCluster.Start();
        var registeredAt = cluster.Time.GetUtcNow().UtcDateTime;
        await cluster.Grain(1).Register("r", 2 * Minute, 5 * Minute);

        cluster.Time.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal(0, cluster.Book.Count(1));
        cluster.Time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.Holds(() => cluster.Book.Count(1) == 1, "the first tick has come");
        var first = cluster.Book.Last(1).Status;
        Assert.Equal(registeredAt + 2 * Minute, first.FirstTickTime);
        Assert.Equal(registeredAt + 2 * Minute, first.CurrentTickTime);
        Assert.Equal(5 * Minute, first.Period);

        await cluster.WaitForQuiet();
        cluster.Time.Advance(5 * Minute);
        await Eventually.Holds(() => cluster.Book.Count(1) == 2, "the second tick has come");
        var second = cluster.Book.Last(1).Status;
        Assert.Equal(registeredAt + 2 * Minute, second.FirstTickTime);
        Assert.Equal(registeredAt + 7 * Minute, second.CurrentTickTime);
    }
}
