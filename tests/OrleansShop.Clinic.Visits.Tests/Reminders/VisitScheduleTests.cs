using OrleansShop.Clinic.Visits.Reminders;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.Clinic.Visits.Tests.Reminders;

public sealed class VisitScheduleTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("2030-01-05", "09:00", "2030-01-05T08:00:00Z")]
    [InlineData("2030-07-05", "09:00", "2030-07-05T07:00:00Z")]
    [InlineData("2030-03-31", "02:30", "2030-03-31T01:30:00Z")] // Leapt over: the clocks go from 02:00 to 03:00.
    [InlineData("2030-10-27", "02:30", "2030-10-27T00:30:00Z")] // Shown twice: the first.
    [InlineData("0001-01-01", "00:00", "0001-01-01T00:00:00Z")] // Before the first moment there is, in UTC.
    public void A_visit_begins_at_the_visit_time_of_its_day_in_the_clinics_zone(string date, string time, string beginning) =>
        Assert.Equal(At(beginning), Schedule(new VisitReminderOptions { TimeZone = Berlin, VisitTime = TimeOnly.ParseExact(time, "HH:mm") }).BeginningOf(DateOnly.ParseExact(date, "yyyy-MM-dd")));

    [Fact]
    public void The_last_day_of_the_calendar_ends_it_where_the_zone_is_behind() => Assert.Equal(
        DateTimeOffset.MaxValue,
        Schedule(new VisitReminderOptions { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Pacific/Honolulu"), VisitTime = new(23, 0) }).BeginningOf(DateOnly.MaxValue));

    [Fact]
    public void A_mail_is_due_the_lead_time_before_whatever_the_clocks_do_in_between()
    {
        var schedule = Schedule(new VisitReminderOptions { TimeZone = Berlin, LeadTime = TimeSpan.FromHours(24) });

        Assert.Equal(At("2030-03-30T07:00:00Z"), schedule.DueBefore(schedule.BeginningOf(new(2030, 3, 31))));
        Assert.Equal(DateTimeOffset.MinValue, schedule.DueBefore(DateTimeOffset.MinValue));
    }

    [Fact]
    public void Pauses_between_tries_double_up_to_the_longest()
    {
        var schedule = Schedule(new VisitReminderOptions { RetryDelay = TimeSpan.FromMinutes(1), MaxRetryDelay = TimeSpan.FromMinutes(30) });

        Assert.Equal([1, 2, 4, 8, 16, 30, 30], Enumerable.Range(1, 7).Select(failures => schedule.RetryAfter(failures).TotalMinutes));
        Assert.Equal(TimeSpan.FromMinutes(30), schedule.RetryAfter(int.MaxValue));
    }

    private static VisitSchedule Schedule(VisitReminderOptions options) => new(options, new ManualTimeProvider());

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
