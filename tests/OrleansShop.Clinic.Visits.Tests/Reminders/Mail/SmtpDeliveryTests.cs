using System.Net;
using OrleansShop.Clinic.Visits.Reminders.Mail;
using OrleansShop.Testing.Mail;
using OrleansShop.Testing.Time;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Clinic.Visits.Tests.Reminders.Mail;

public sealed class SmtpDeliveryTests : IAsyncDisposable
{
    private static readonly OutgoingMail Mail = new("visit-1-1", "a@b.test", "c@d.test", "Größe", ["one", ".", "..three"]);

    private static readonly NetworkCredential s_account = new("clinic", "sésame, open");

    private readonly SmtpServer _server = SmtpServer.Start();
    private readonly ManualTimeProvider _time = new();

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_mail_arrives_as_it_was_written()
    {
        var delivery = Delivery();

        Assert.Equal(MailOutcome.Taken, await delivery.DeliverAsync(Mail, TestContext.Current.CancellationToken));

        var mail = Assert.Single(_server.Mails);
        Assert.Equal(("a@b.test", "c@d.test"), (mail.Sender, Assert.Single(mail.Recipients)));
        Assert.Equal(("Größe", "<visit-1-1@b.test>"), (mail.Header("Subject"), mail.Header("Message-ID")));
        Assert.Equal("one\r\n.\r\n..three", mail.Text.TrimEnd());
    }

    [Theory]
    [InlineData(SmtpFault.RecipientLater, false, "451")]
    [InlineData(SmtpFault.ClosedToday, false, "421")]
    [InlineData(SmtpFault.SignInFirst, false, "530")]
    [InlineData(SmtpFault.RecipientNever, true, "550")]
    [InlineData(SmtpFault.MailNever, true, "552")]
    [InlineData(SmtpFault.DropAfterData, false, "smtp://127.0.0.1")]
    public async Task What_a_server_says_decides_whether_it_is_tried_again(SmtpFault fault, bool isForGood, string reason)
    {
        _server.Fault = fault;
        var delivery = Delivery();

        var outcome = await delivery.DeliverAsync(Mail, TestContext.Current.CancellationToken);

        Assert.Equal(isForGood ? MailVerdict.Never : MailVerdict.Later, outcome.Verdict);
        Assert.Contains(reason, outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_tried_again()
    {
        await _server.CloseAsync();
        var delivery = Delivery();

        Assert.Equal(MailVerdict.Later, (await delivery.DeliverAsync(Mail, TestContext.Current.CancellationToken)).Verdict);
    }

    [Fact]
    public async Task A_server_without_TLS_gets_no_mail_if_TLS_is_wanted()
    {
        var delivery = Delivery(options => options with { StartTls = true });

        Assert.Equal(MailVerdict.Later, (await delivery.DeliverAsync(Mail, TestContext.Current.CancellationToken)).Verdict);
        Assert.Empty(_server.Mails);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task A_server_whose_certificate_nobody_trusts_gets_neither_mail_nor_password_and_the_reason_says_so(string host)
    {
        using var certificate = SelfSigned.ForLoopback();
        (_server.Certificate, _server.Account) = (certificate, s_account);
        var delivery = Delivery(options => options with { Host = host, StartTls = true, Username = s_account.UserName, Password = s_account.Password });

        var outcome = await delivery.DeliverAsync(Mail, TestContext.Current.CancellationToken);

        Assert.Equal(MailVerdict.Later, outcome.Verdict);
        Assert.StartsWith($"smtp://{host}:{_server.Port}: The server's certificate is not trusted here for the name {host}", outcome.Reason, StringComparison.Ordinal);
        Assert.Contains("VisitReminders:Smtp:StartTls", outcome.Reason, StringComparison.Ordinal);
        Assert.Empty(_server.Mails);
        Assert.Equal(0, _server.SignIns);
    }

    [Fact]
    public async Task Who_signs_in_rightly_may_send()
    {
        _server.Account = s_account;
        var delivery = Delivery(static options => options with { Username = s_account.UserName, Password = s_account.Password });

        Assert.Equal(MailOutcome.Taken, await delivery.DeliverAsync(Mail, TestContext.Current.CancellationToken));

        Assert.Single(_server.Mails);
        Assert.Equal(1, _server.SignIns);
    }

    [Fact]
    public async Task A_wrong_password_is_tried_again_later_and_the_reason_names_the_settings_and_not_the_password()
    {
        _server.Account = s_account;
        var delivery = Delivery(static options => options with { Username = s_account.UserName, Password = "guessed" });

        var outcome = await delivery.DeliverAsync(Mail, TestContext.Current.CancellationToken);

        Assert.Equal(MailVerdict.Later, outcome.Verdict);
        Assert.Contains($"The server did not let {s_account.UserName} in; check VisitReminders:Smtp:Username and VisitReminders:Smtp:Password.", outcome.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("guessed", outcome.Reason, StringComparison.Ordinal);
        Assert.Empty(_server.Mails);
        Assert.NotEqual(0, _server.SignIns);
    }

    [Fact]
    public async Task A_server_that_wants_a_sign_in_of_somebody_without_a_name_says_which_settings_to_set()
    {
        _server.Account = s_account;
        var delivery = Delivery();

        var outcome = await delivery.DeliverAsync(Mail, TestContext.Current.CancellationToken);

        Assert.Equal(MailVerdict.Later, outcome.Verdict);
        Assert.Contains("530 The server wants a sign-in; set VisitReminders:Smtp:Username", outcome.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SmtpFault.HangAtGreeting)]
    [InlineData(SmtpFault.HangAfterData)]
    public async Task A_server_that_goes_silent_is_left_after_the_timeout(SmtpFault fault)
    {
        _server.Fault = fault;
        var delivery = Delivery();

        var delivering = delivery.DeliverAsync(Mail, TestContext.Current.CancellationToken);
        await Eventually.Holds(() => _server.MostConnections == 1 && _server.Mails.Count == (fault == SmtpFault.HangAfterData ? 1 : 0), "the server has gone silent");
        Assert.False(delivering.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(20));

        var outcome = await delivering.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(MailVerdict.Later, outcome.Verdict);
        Assert.Contains("00:00:20", outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_stops_waiting_gets_his_cancellation()
    {
        _server.Fault = SmtpFault.HangAtGreeting;
        var delivery = Delivery();
        using var stop = new CancellationTokenSource();

        var delivering = delivery.DeliverAsync(Mail, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delivering.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task No_more_connections_are_open_than_allowed_and_who_finds_none_tries_later()
    {
        _server.Fault = SmtpFault.HangAfterData;
        var delivery = Delivery(options => options with { MaxConnections = 1 });
        var first = delivery.DeliverAsync(Mail, TestContext.Current.CancellationToken);
        await Eventually.Holds(() => _server.Mails.Count == 1, "the first has its connection");
        _time.Advance(TimeSpan.FromSeconds(10));

        var second = delivery.DeliverAsync(Mail, TestContext.Current.CancellationToken);
        _server.Fault = SmtpFault.None;
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(10));
        await first.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(MailOutcome.Taken, await second.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.Equal(2, _server.Mails.Count);
    }

    private SmtpDelivery Delivery(Func<SmtpOptions, SmtpOptions>? change = null)
    {
        var options = new SmtpOptions { Host = "127.0.0.1", Port = _server.Port, StartTls = false };
        return new SmtpDelivery(change?.Invoke(options) ?? options, _time);
    }
}
