using OrleansShop.Engine.Reminders.Protocol;
using Xunit;

namespace OrleansShop.Engine.Tests.Reminders;

public sealed class ReminderScheduleTests
{
    private static readonly DateTime Start = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ReminderSchedule _schedule = new();

    [Fact]
    public void Reminders_come_up_in_the_order_in_which_they_are_due()
    {
        _schedule.Put(Entry("late", 30), DateTime.MinValue);
        _schedule.Put(Entry("early", 10), DateTime.MinValue);
        _schedule.Put(Entry("middle", 20), DateTime.MinValue);

        Assert.Equal(Start.AddMinutes(10), _schedule.NextDueAt);
        Assert.Equal(["early", "middle"], Due(20));
        Assert.Equal(["late"], Due(30));
        Assert.Null(_schedule.NextDueAt);
    }

    [Fact]
    public void One_that_ticks_does_not_come_up_again_before_it_has_ended()
    {
        _schedule.Put(Entry("r", 0), DateTime.MinValue);
        Assert.True(_schedule.TryTakeDue(Start, out var reminder));
        Assert.False(_schedule.TryTakeDue(Start.AddDays(1), out _));

        _schedule.Ended(reminder, reminder.Entry, Start.AddMinutes(150));

        Assert.Equal(Start.AddMinutes(180), _schedule.NextDueAt);
    }

    [Fact]
    public void One_that_is_replaced_is_due_by_its_new_row_alone()
    {
        _schedule.Put(Entry("r", 10, "1"), DateTime.MinValue);
        _schedule.Put(Entry("r", 50, "2"), DateTime.MinValue);
        Assert.Empty(Due(49));
        Assert.Equal(["r"], Due(50));
    }

    [Fact]
    public void One_that_is_replaced_while_it_ticks_has_its_new_due_time_after_that()
    {
        _schedule.Put(Entry("r", 0, "1"), DateTime.MinValue);
        Assert.True(_schedule.TryTakeDue(Start, out var reminder));
        var sent = reminder.Entry;
        _schedule.Put(Entry("r", 5, "2"), DateTime.MinValue);
        Assert.Empty(Due(100));

        _schedule.Ended(reminder, sent, Start.AddMinutes(100));

        Assert.Equal(Start.AddMinutes(5), _schedule.NextDueAt);
    }

    [Fact]
    public void One_that_is_read_again_with_its_etag_keeps_its_due_time()
    {
        _schedule.Put(Entry("r", 0, "1"), DateTime.MinValue);
        Assert.True(_schedule.TryTakeDue(Start, out var reminder));
        _schedule.Ended(reminder, reminder.Entry, Start);
        _schedule.Put(Entry("r", 0, "1"), DateTime.MinValue);
        Assert.Equal(Start + Hour, _schedule.NextDueAt);
    }

    [Fact]
    public void One_that_is_removed_does_not_come_up()
    {
        _schedule.Put(Entry("r", 10), DateTime.MinValue);
        Assert.True(_schedule.Remove(Grain, "r"));
        Assert.False(_schedule.Remove(Grain, "r"));
        Assert.Empty(Due(100));
        Assert.Equal(0, _schedule.Count);
    }

    [Fact]
    public void One_that_is_removed_while_it_ticks_goes_when_that_has_ended_and_may_come_back_before()
    {
        _schedule.Put(Entry("gone", 0), DateTime.MinValue);
        _schedule.Put(Entry("back", 0), DateTime.MinValue);
        Assert.True(_schedule.TryTakeDue(Start, out var one));
        Assert.True(_schedule.TryTakeDue(Start, out var other));
        var (gone, back) = one.Entry.ReminderName == "gone" ? (one, other) : (other, one);
        var sent = back.Entry;
        _schedule.Remove(Grain, "gone");
        _schedule.Remove(Grain, "back");
        _schedule.Put(Entry("back", 30, "2"), DateTime.MinValue);

        _schedule.Ended(gone, gone.Entry, Start);
        _schedule.Ended(back, sent, Start);

        Assert.Equal(1, _schedule.Count);
        Assert.Equal(["back"], Due(30));
    }

    [Fact]
    public void Of_ticks_that_were_missed_one_is_due_at_once()
    {
        _schedule.Put(Entry("r", 0), Start.AddMinutes(60));
        Assert.Equal(["r"], Due(300));
    }

    [Fact]
    public void Ticks_that_are_over_are_not_due()
    {
        _schedule.Put(Entry("r", 0), Start.AddMinutes(300));
        Assert.Equal(Start.AddMinutes(360), _schedule.NextDueAt);
    }

    [Fact]
    public void It_agrees_with_a_list_that_is_searched()
    {
        var random = new Random(11);
        var expected = new Dictionary<string, (DateTime StartAt, DateTime Due, string ETag)>();
        var now = Start;
        for (var step = 0; step < 5000; step++)
        {
            var name = $"{random.Next(50)}";
            switch (random.Next(4))
            {
                case 0:
                    var entry = Entry(name, random.Next(100000), $"{step}");
                    _schedule.Put(entry, DateTime.MinValue);
                    expected[name] = (entry.StartAt, entry.StartAt, entry.ETag!);
                    break;
                case 1:
                    Assert.Equal(expected.Remove(name), _schedule.Remove(Grain, name));
                    break;
                default:
                    now = now.AddMinutes(random.Next(30));
                    while (_schedule.TryTakeDue(now, out var reminder))
                    {
                        var known = expected[reminder.Entry.ReminderName];
                        Assert.Equal(expected.Values.Min(other => other.Due), known.Due);
                        Assert.True(known.Due <= now);
                        _schedule.Ended(reminder, reminder.Entry, now);
                        expected[reminder.Entry.ReminderName] = known with { Due = ReminderTimes.FirstAfter(known.StartAt, Hour, now) };
                    }

                    Assert.DoesNotContain(expected.Values, other => other.Due <= now);
                    break;
            }

            Assert.Equal(expected.Count, _schedule.Count);
        }
    }

    private static GrainId Grain { get; } = GrainId.Create("person", "one");

    private static ReminderEntry Entry(string name, int minutes, string etag = "1") =>
        new() { GrainId = Grain, ReminderName = name, StartAt = Start.AddMinutes(minutes), Period = Hour, ETag = etag };

    private List<string> Due(int minutes)
    {
        var due = new List<string>();
        while (_schedule.TryTakeDue(Start.AddMinutes(minutes), out var reminder))
            due.Add(reminder.Entry.ReminderName);
        return due;
    }
}
