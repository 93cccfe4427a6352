using OrleansShop.Clinic.Contracts.Visits;
using OrleansShop.Clinic.Visits.Reminders;
using OrleansShop.Testing.Mail;
using OrleansShop.Testing.Waiting;
using Xunit;
using static OrleansShop.Clinic.Visits.Tests.Reminders.ReminderClinic;

namespace OrleansShop.Clinic.Visits.Tests.Reminders;

/// <summary>What becomes of reminders when silos go and mail servers fail.</summary>
public sealed class VisitReminderFaultTests
{
    [Fact]
    public async Task A_silo_that_dies_between_booking_and_mail_costs_no_mail_and_makes_none_twice()
    {
        await using var clinic = await StartAsync(silos: 2);
        foreach (var visit in Enumerable.Range(1, 20)) await clinic.BookAsync(visit, January(5));
        await clinic.Cluster.KillSiloAsync(clinic.Cluster.Silos[0]);
        await clinic.Cluster.WaitForLivenessToStabilizeAsync(didKill: true);

        foreach (var visit in Enumerable.Range(1, 20)) await clinic.PublishAsync(1, visit, new VisitBooked(visit, PetId: 1, January(5), "rabies shot"));
        clinic.MoveTo(day: 4, hour: 9);
        foreach (var visit in Enumerable.Range(1, 20)) await clinic.AdvanceUntilAsync(TimeSpan.FromMinutes(1), VisitReminderStage.Sent, visit);

        Assert.Equal(20, clinic.Mail.Mails.Count);
        Assert.Equal(20, clinic.Mail.Mails.Select(mail => mail.Header("Message-ID")).Distinct().Count());
    }

    [Fact]
    public async Task A_silo_that_dies_while_the_server_has_the_mail_sends_it_again_under_the_same_Message_ID()
    {
        await using var clinic = await StartAsync();
        await clinic.BookAsync(17, January(5));
        clinic.Mail.Fault = SmtpFault.HangAfterData;
        clinic.MoveTo(day: 4, hour: 9);
        await Eventually.Holds(() => clinic.Mail.Mails.Count == 1, "the server has the mail");

        await clinic.RestartAsync(isKilled: true, meanwhile: () => clinic.Mail.Fault = SmtpFault.None);
        await clinic.AdvanceUntilAsync(TimeSpan.FromMinutes(1), VisitReminderStage.Sent, visit: 17);

        Assert.Equal(2, clinic.Mail.Mails.Count);
        Assert.Single(clinic.Mail.Mails.Select(mail => mail.Header("Message-ID")).Distinct());
        Assert.Equal(2, (await clinic.ReportAsync(17))!.Attempts);
    }

    [Fact]
    public async Task A_server_that_is_down_for_a_while_gets_the_mail_once_when_it_is_back()
    {
        await using var clinic = await StartAsync();
        await clinic.BookAsync(17, January(5));
        await clinic.Mail.CloseAsync();
        clinic.MoveTo(day: 4, hour: 9);
        await clinic.ReachesAsync(17, report => report is { Attempts: 1, Stage: VisitReminderStage.Planned, Reason: not null }, "the first attempt has failed");

        clinic.Time.Advance(TimeSpan.FromMinutes(1));
        await clinic.ReachesAsync(17, report => report is { Attempts: 2, Stage: VisitReminderStage.Planned }, "the second attempt has failed");
        clinic.Mail.Open();
        clinic.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, (await clinic.ReportAsync(17))!.Attempts);
        clinic.Time.Advance(TimeSpan.FromMinutes(1));
        await clinic.ReachesAsync(17, VisitReminderStage.Sent);

        Assert.Single(clinic.Mail.Mails);
        Assert.Null((await clinic.ReportAsync(17))!.Reason);
    }

    [Theory]
    [InlineData(SmtpFault.RecipientLater)]
    [InlineData(SmtpFault.ClosedToday)]
    [InlineData(SmtpFault.SignInFirst)]
    public async Task What_may_pass_is_tried_again(SmtpFault fault)
    {
        await using var clinic = await StartAsync();
        await clinic.BookAsync(17, January(5));
        clinic.Mail.Fault = fault;
        clinic.MoveTo(day: 4, hour: 9);
        await clinic.ReachesAsync(17, report => report is { Attempts: 1, Stage: VisitReminderStage.Planned }, "the first attempt has failed");

        clinic.Mail.Fault = SmtpFault.None;
        clinic.Time.Advance(TimeSpan.FromMinutes(1));
        await clinic.ReachesAsync(17, VisitReminderStage.Sent);

        Assert.Single(clinic.Mail.Mails);
    }

    [Theory]
    [InlineData(SmtpFault.RecipientNever, "550")]
    [InlineData(SmtpFault.MailNever, "552")]
    public async Task What_is_refused_for_good_is_noted_and_not_tried_again(SmtpFault fault, string code)
    {
        await using var clinic = await StartAsync();
        await clinic.BookAsync(17, January(5));
        clinic.Mail.Fault = fault;
        clinic.MoveTo(day: 4, hour: 9);
        await clinic.ReachesAsync(17, VisitReminderStage.Refused);
        Assert.Contains(code, (await clinic.ReportAsync(17))!.Reason, StringComparison.Ordinal);

        clinic.Mail.Fault = SmtpFault.None;
        clinic.MoveTo(day: 4, hour: 18);
        await clinic.BookAsync(18, January(5));
        await clinic.ReachesAsync(18, VisitReminderStage.Sent);

        Assert.Equal(1, (await clinic.ReportAsync(17))!.Attempts);
        Assert.Single(clinic.Mail.Mails);
    }

    [Fact]
    public async Task A_mail_that_could_not_be_sent_before_the_visit_is_missed_and_not_sent_after_it()
    {
        await using var clinic = await StartAsync();
        await clinic.BookAsync(17, January(5));
        clinic.Mail.Fault = SmtpFault.RecipientLater;
        clinic.MoveTo(day: 4, hour: 9);
        await clinic.ReachesAsync(17, report => report is { Attempts: 1, Stage: VisitReminderStage.Planned }, "the first attempt has failed");

        clinic.MoveTo(day: 5, hour: 9);
        await clinic.AdvanceUntilAsync(TimeSpan.FromMinutes(1), VisitReminderStage.Missed, visit: 17);

        Assert.Contains("451", (await clinic.ReportAsync(17))!.Reason, StringComparison.Ordinal);
        Assert.Empty(clinic.Mail.Mails);
    }

    [Fact]
    public async Task After_an_outage_over_the_due_time_the_mail_is_sent_late_or_missed_if_the_visit_has_begun()
    {
        await using var clinic = await StartAsync();
        await clinic.BookAsync(17, January(5));
        await clinic.BookAsync(18, January(4));
        await clinic.RestartAsync(isKilled: false, meanwhile: () => clinic.MoveTo(day: 4, hour: 20));

        await clinic.AdvanceUntilAsync(TimeSpan.FromMinutes(1), VisitReminderStage.Sent, visit: 17);
        await clinic.AdvanceUntilAsync(TimeSpan.FromMinutes(1), VisitReminderStage.Missed, visit: 18);

        Assert.Contains("number 17", Assert.Single(clinic.Mail.Mails).Text, StringComparison.Ordinal);
    }
}
