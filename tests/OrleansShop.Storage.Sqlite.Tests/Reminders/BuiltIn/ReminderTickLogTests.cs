using OrleansShop.Engine.Reminders;
using Xunit;

namespace OrleansShop.Testing.Reminders;

/// <summary>What every reminder table that remembers ticks does besides.</summary>
public abstract class ReminderTickLogTests : ReminderTableTests
{
    private static readonly DateTime Tick = new(2031, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);
    private static readonly GrainId One = GrainId.Create("person", "one");
    private static readonly GrainId Two = GrainId.Create("person", "two");

    private IReminderTickLog Log => (IReminderTickLog)Table;

    [Fact]
    public async Task Ticks_are_read_as_they_were_recorded_and_leave_the_etag_alone()
    {
        var etag = await Write(One, "r");
        await Write(Two, "r");
        await Log.RecordTicks([new(One, "r", Tick)]);

        var read = Assert.Single(await Log.ReadTicks(0, 0));
        Assert.Equal(new ReminderTick(One, "r", Tick), read);
        Assert.Equal(DateTimeKind.Utc, read.DueAt.Kind);
        Assert.Equal(etag, (await Table.ReadRow(One, "r"))!.ETag);
    }

    [Fact]
    public async Task Of_two_ticks_the_later_counts()
    {
        await Write(One, "r");
        await Log.RecordTicks([new(One, "r", Tick)]);
        await Log.RecordTicks([new(One, "r", Tick.AddHours(-1))]);
        Assert.Equal(Tick, Assert.Single(await Log.ReadTicks(0, 0)).DueAt);

        await Log.RecordTicks([new(One, "r", Tick.AddHours(1))]);
        Assert.Equal(Tick.AddHours(1), Assert.Single(await Log.ReadTicks(0, 0)).DueAt);
    }

    [Fact]
    public async Task A_reminder_that_is_registered_anew_has_not_ticked()
    {
        await Write(One, "r");
        await Log.RecordTicks([new(One, "r", Tick)]);
        await Write(One, "r");

        Assert.Empty(await Log.ReadTicks(0, 0));
    }

    [Fact]
    public async Task Ticks_of_what_is_gone_are_left_out()
    {
        var etag = await Write(One, "r");
        await Table.RemoveRow(One, "r", etag);
        await Log.RecordTicks([new(One, "r", Tick), new(Two, "never there", Tick)]);

        Assert.Empty(await Log.ReadTicks(0, 0));
    }

    [Fact]
    public async Task Ticks_are_read_by_range()
    {
        await Write(One, "r");
        await Write(Two, "r");
        await Log.RecordTicks([new(One, "r", Tick), new(Two, "r", Tick)]);
        var hash = One.GetUniformHashCode();

        Assert.Equal(One, Assert.Single(await Log.ReadTicks(hash - 1, hash)).GrainId);
        Assert.Equal(Two, Assert.Single(await Log.ReadTicks(hash, hash - 1)).GrainId);
    }
}
