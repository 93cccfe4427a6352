using OrleansShop.Engine.Reminders.Protocol;
using Xunit;

namespace OrleansShop.Engine.Tests.Reminders;

public sealed class ReminderTimesTests
{
    private static readonly DateTime Start = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(-100, 0)]
    [InlineData(-1, 0)]
    [InlineData(0, 60)]
    [InlineData(1, 60)]
    [InlineData(59, 60)]
    [InlineData(60, 120)]
    [InlineData(61, 120)]
    public void The_next_tick_is_the_first_whole_period_after_a_time(int minutes, int expectedMinutes) =>
        Assert.Equal(Start.AddMinutes(expectedMinutes), ReminderTimes.FirstAfter(Start, Hour, Start.AddMinutes(minutes)));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(59, 0)]
    [InlineData(60, 60)]
    [InlineData(600, 600)]
    public void The_last_tick_is_the_last_whole_period_until_a_time(int minutes, int expectedMinutes) =>
        Assert.Equal(Start.AddMinutes(expectedMinutes), ReminderTimes.LastUntil(Start, Hour, Start.AddMinutes(minutes)));

    [Fact]
    public void Before_the_start_there_is_no_last_tick() => Assert.Null(ReminderTimes.LastUntil(Start, Hour, Start.AddTicks(-1)));

    [Fact]
    public void The_calendar_ends_a_reminder_and_does_not_overflow()
    {
        Assert.Equal(DateTime.MaxValue, ReminderTimes.FirstAfter(Start, TimeSpan.MaxValue, Start));
        Assert.Equal(DateTime.MaxValue, ReminderTimes.FirstAfter(Start, Hour, DateTime.MaxValue));
        Assert.Equal(Start, ReminderTimes.FirstAfter(Start, Hour, DateTime.MinValue));
    }

    [Fact]
    public void Times_agree_with_counting_in_steps()
    {
        var random = new Random(5);
        for (var round = 0; round < 1000; round++)
        {
            var period = TimeSpan.FromTicks(random.Next(1, 1000));
            var time = Start.AddTicks(random.Next(-100, 5000));
            var step = Start;
            while (step <= time)
                step += period;
            Assert.Equal(step, ReminderTimes.FirstAfter(Start, period, time));
            Assert.Equal(time < Start ? null : step - period, ReminderTimes.LastUntil(Start, period, time));
        }
    }
}
