using OrleansShop.Clinic.Contracts.Visits;
using OrleansShop.Clinic.Visits.Reminders;
using Xunit;
using static OrleansShop.Clinic.Visits.Tests.Reminders.ReminderClinic;

namespace OrleansShop.Clinic.Visits.Tests.Reminders;

/// <summary>What becomes of a visit's reminder, from its events to the mail server.</summary>
public sealed class VisitReminderTests
{
    [Fact]
    public async Task A_visit_that_was_booked_is_reminded_once_when_its_mail_is_due()
    {
        await using var clinic = await StartAsync();
        await clinic.BookAsync(17, January(5));

        clinic.MoveTo(day: 4, hour: 8, minute: 59);
        Assert.Equal(VisitReminderStage.Planned, (await clinic.ReportAsync(17))!.Stage);
        clinic.MoveTo(day: 4, hour: 9);
        await clinic.ReachesAsync(17, VisitReminderStage.Sent);

        var mail = Assert.Single(clinic.Mail.Mails);
        Assert.Equal(("visits@clinic.test", "desk@clinic.test"), (mail.Sender, Assert.Single(mail.Recipients)));
        Assert.Equal("Visit of Leo on 2030-01-05: please call Jean Coleman", mail.Header("Subject"));
        Assert.Contains("Telephone: 6085552654", mail.Text, StringComparison.Ordinal);
        clinic.MoveTo(day: 6, hour: 0);
        await clinic.BookAsync(18, January(9));
        Assert.Single(clinic.Mail.Mails);
    }

    [Fact]
    public async Task Events_that_come_again_change_nothing_before_and_after_the_mail()
    {
        await using var clinic = await StartAsync();
        await clinic.BookAsync(17, January(5));
        await RepeatAsync();
        clinic.MoveTo(day: 4, hour: 9);
        await clinic.ReachesAsync(17, VisitReminderStage.Sent);
        await RepeatAsync();

        // A later event of the same visit, so that the repetitions were handled before.
        await clinic.PublishAsync(2, 17, new VisitChanged(17, PetId: 2, January(5), "claws"));
        clinic.MoveTo(day: 4, hour: 12);
        await clinic.BookAsync(18, January(5));
        await clinic.ReachesAsync(18, VisitReminderStage.Sent);

        Assert.Equal(2, clinic.Mail.Mails.Count);
        Assert.Equal(VisitReminderStage.Sent, (await clinic.ReportAsync(17))!.Stage);

        async Task RepeatAsync()
        {
            for (var i = 0; i < 3; i++) await clinic.PublishAsync(1, 17, new VisitBooked(17, PetId: 1, January(5), "rabies shot"));
        }
    }

    [Fact]
    public async Task A_visit_that_is_cancelled_is_not_reminded()
    {
        await using var clinic = await StartAsync();
        await clinic.BookAsync(17, January(5));
        clinic.Book.Visits.Remove(17, out _);
        await clinic.PublishAsync(2, 17, new VisitCancelled(17, PetId: 1, January(5)));
        await clinic.ReachesAsync(17, VisitReminderStage.Cancelled);

        clinic.MoveTo(day: 4, hour: 9);
        await clinic.BookAsync(18, January(5));
        await clinic.ReachesAsync(18, VisitReminderStage.Sent);

        Assert.Contains("number 18", Assert.Single(clinic.Mail.Mails).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_from_before_a_cancellation_that_comes_late_does_not_bring_the_mail_back()
    {
        await using var clinic = await StartAsync();
        await clinic.PublishAsync(3, 17, new VisitCancelled(17, PetId: 1, January(5)));
        await clinic.ReachesAsync(17, VisitReminderStage.Cancelled);

        await clinic.PublishAsync(2, 17, new VisitChanged(17, PetId: 1, January(5), "late"));
        await clinic.PublishAsync(4, 17, new VisitCancelled(17, PetId: 1, January(6)));
        await clinic.BookAsync(18, January(7));

        Assert.Equal(VisitReminderStage.Cancelled, (await clinic.ReportAsync(17))!.Stage);
    }

    [Fact]
    public async Task A_visit_that_is_moved_is_reminded_before_its_new_date_and_once_more_if_it_was_before()
    {
        await using var clinic = await StartAsync();
        await clinic.BookAsync(17, January(5));
        await MoveVisitAsync(2, January(10));
        clinic.MoveTo(day: 4, hour: 9);
        clinic.MoveTo(day: 9, hour: 8);
        Assert.Equal(VisitReminderStage.Planned, (await clinic.ReportAsync(17))!.Stage);
        Assert.Empty(clinic.Mail.Mails);

        clinic.MoveTo(day: 9, hour: 9);
        await clinic.ReachesAsync(17, VisitReminderStage.Sent);
        await MoveVisitAsync(3, January(20));
        clinic.MoveTo(day: 19, hour: 9);
        await clinic.ReachesAsync(17, VisitReminderStage.Sent);

        Assert.Equal(["2030-01-10", "2030-01-20"], clinic.Mail.Mails.Select(mail => mail.Header("Subject").Split(' ')[4].TrimEnd(':')));
        Assert.Equal(2, clinic.Mail.Mails.Select(mail => mail.Header("Message-ID")).Distinct().Count());

        async Task MoveVisitAsync(long sequence, DateOnly date)
        {
            clinic.Book.Visits[17] = clinic.Book.Visits[17] with { Date = date };
            await clinic.PublishAsync(sequence, 17, new VisitChanged(17, PetId: 1, date, "rabies shot"));
            await clinic.ReachesAsync(17, report => report.Date == date, "the change is handled");
        }
    }

    [Fact]
    public async Task A_visit_that_was_moved_without_an_event_is_found_to_be_so_when_its_mail_is_due()
    {
        await using var clinic = await StartAsync();
        await clinic.BookAsync(17, January(5));
        clinic.Book.Visits[17] = clinic.Book.Visits[17] with { Date = January(8) };

        clinic.MoveTo(day: 4, hour: 9);
        await clinic.ReachesAsync(17, report => report.Date == January(8), "it is planned anew");
        Assert.Empty(clinic.Mail.Mails);
        clinic.MoveTo(day: 7, hour: 9);
        await clinic.ReachesAsync(17, VisitReminderStage.Sent);

        Assert.Contains("2030-01-08", Assert.Single(clinic.Mail.Mails).Header("Subject"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visit_that_is_booked_late_is_reminded_at_once_and_one_in_the_past_never()
    {
        await using var clinic = await StartAsync();
        clinic.MoveTo(day: 4, hour: 15);

        await clinic.BookAsync(17, January(5));
        await clinic.ReachesAsync(17, VisitReminderStage.Sent);
        await clinic.BookAsync(18, January(4));
        await clinic.BookAsync(19, DateOnly.MinValue);
        await clinic.BookAsync(20, DateOnly.MaxValue);

        Assert.Equal(VisitReminderStage.Past, (await clinic.ReportAsync(18))!.Stage);
        Assert.Equal(VisitReminderStage.Past, (await clinic.ReportAsync(19))!.Stage);
        Assert.Equal(VisitReminderStage.Planned, (await clinic.ReportAsync(20))!.Stage);
        Assert.Single(clinic.Mail.Mails);
    }

    [Theory]
    [InlineData("visit", "The visit is gone.")]
    [InlineData("pet", "The pet is gone.")]
    [InlineData("owner", "The owner is gone.")]
    public async Task Without_a_visit_a_pet_or_an_owner_there_is_nobody_to_remind(string missing, string reason)
    {
        await using var clinic = await StartAsync();
        await clinic.BookAsync(17, January(5));
        if (missing == "visit") clinic.Book.Visits.Clear();
        if (missing == "pet") clinic.Book.Pets.Clear();
        if (missing == "owner") clinic.Book.Owners.Clear();

        clinic.MoveTo(day: 4, hour: 9);
        await clinic.ReachesAsync(17, VisitReminderStage.Cancelled);

        Assert.Equal(reason, (await clinic.ReportAsync(17))!.Reason);
        Assert.Empty(clinic.Mail.Mails);
    }

    [Fact]
    public async Task While_the_visit_cannot_be_asked_for_its_mail_waits()
    {
        await using var clinic = await StartAsync();
        await clinic.BookAsync(17, January(5));
        clinic.Book.IsAway = true;
        clinic.MoveTo(day: 4, hour: 9);
        clinic.Book.IsAway = false;
        await clinic.AdvanceUntilAsync(TimeSpan.FromMinutes(1), VisitReminderStage.Sent, visit: 17);

        Assert.Single(clinic.Mail.Mails);
    }

    [Fact]
    public async Task While_reminders_are_disabled_what_is_due_is_missed()
    {
        await using var clinic = await StartAsync(change: options => options with { Enabled = false });
        await clinic.BookAsync(17, January(5));

        clinic.MoveTo(day: 4, hour: 9);
        await clinic.ReachesAsync(17, VisitReminderStage.Missed);

        Assert.Equal("VisitReminders:Enabled was false when it was due.", (await clinic.ReportAsync(17))!.Reason);
        Assert.Empty(clinic.Mail.Mails);
    }

    [Fact]
    public async Task A_copied_visit_is_planned_without_an_event_and_again_without_effect()
    {
        await using var clinic = await StartAsync();
        var visit = clinic.Book.Visits[17] = new Visit(January(5), "rabies shot", 17, PetId: 1);
        var reminder = clinic.Cluster.Client.GetGrain<IVisitReminderGrain>(17);

        await reminder.PlanAsync(visit);
        clinic.MoveTo(day: 4, hour: 9);
        await clinic.ReachesAsync(17, VisitReminderStage.Sent);
        await reminder.PlanAsync(visit);

        Assert.Equal(VisitReminderStage.Sent, (await clinic.ReportAsync(17))!.Stage);
        Assert.Single(clinic.Mail.Mails);
    }

    [Fact]
    public async Task An_event_of_a_schema_that_is_not_known_changes_nothing()
    {
        await using var clinic = await StartAsync();
        await clinic.PublishAsync(1, 17, new VisitBooked(17, PetId: 1, January(5), "x"), schemaVersion: 2);
        await clinic.BookAsync(18, January(5));

        Assert.Null(await clinic.ReportAsync(17));
    }
}
