using System.Net;
using System.Net.Mail;
using System.Security.Authentication;

namespace OrleansShop.Clinic.Visits.Reminders.Mail;

/// <summary>Hands mails to an SMTP server, a connection for each, and no more than the options allow at a time.</summary>
#pragma warning disable CA1001 // The semaphore has no handle to give back, and a hand-over that was given up may still release it.
internal sealed class SmtpDelivery(SmtpOptions options, TimeProvider time) : IMailDelivery
#pragma warning restore CA1001
{
    /// <summary>What a server says to a client that has not signed in as it should. Signing in is a matter of the configuration, not of the mail, which can be sent when that is put right.</summary>
    private static readonly int[] AboutSigningIn = [530, 534, 535, 538];

    private readonly SemaphoreSlim _connections = new(options.MaxConnections);

    public string Place => $"smtp://{options.Host}:{options.Port}";

    public async Task<MailOutcome> DeliverAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        if (!await TakeConnectionAsync(cancellationToken)) return MailOutcome.Later($"All {options.MaxConnections} connections were busy for {options.Timeout}.");
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var giveUp = either.Token;

        // On a thread of the pool, and not waited for any longer than the timeout: while the framework's client waits for the server's word on the whole mail, it blocks its thread and heeds no token.
        var handingOver = Task.Run(() => HandOverAsync(mail, giveUp), CancellationToken.None);
        try
        {
            return await handingOver.WaitAsync(giveUp);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return NotInTime;
        }
    }

    private MailOutcome NotInTime => MailOutcome.Later($"{Place} has not taken it within {options.Timeout}; whether it will is unknown.");

    private async Task<bool> TakeConnectionAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _connections.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Hands the mail over and lets the connection go. Ends at the latest when the client's own timeout has passed, too, which is for what the token does not reach.</summary>
    private async Task<MailOutcome> HandOverAsync(OutgoingMail mail, CancellationToken giveUp)
    {
        try
        {
            using var message = mail.ToMessage();
            using var client = new SmtpClient(options.Host, options.Port) { EnableSsl = options.StartTls, Timeout = (int)options.Timeout.TotalMilliseconds };
            if (options.Username is { } username) client.Credentials = new NetworkCredential(username, options.Password);
            await client.SendMailAsync(message, giveUp);
            return MailOutcome.Taken;
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            return NotInTime;
        }
        catch (SmtpException refused)
        {
            return OutcomeOf(refused);
        }
        catch (Exception failure) when (failure is IOException or AuthenticationException)
        {
            return MailOutcome.Later(ReasonOf(failure, code: 0));
        }
        finally
        {
            _connections.Release();
        }
    }

    private MailOutcome OutcomeOf(SmtpException refused)
    {
        var code = (int)refused.StatusCode;
        var reason = ReasonOf(refused, code);
        return code is >= 500 and < 600 && !AboutSigningIn.Contains(code) ? MailOutcome.Never(reason) : MailOutcome.Later(reason);
    }

    private string ReasonOf(Exception failure, int code) =>
        OneLine.Of($"{Place}: {(code > 0 ? $"{code} " : "")}{AdviceOn(failure, code)}{failure.Message} {failure.InnerException?.Message}", maxLength: 400);

    /// <summary>What is to be done, if that is a matter of this side: the server's or the framework's words alone do not say.</summary>
    private string AdviceOn(Exception failure, int code) => (failure as AuthenticationException ?? failure.InnerException) switch
    {
        AuthenticationException => $"The server's certificate is not trusted here for the name {options.Host}, so nothing was sent; see VisitReminders:Smtp:StartTls. ",
        _ when AboutSigningIn.Contains(code) && options.Username is { } username => $"The server did not let {username} in; check VisitReminders:Smtp:Username and VisitReminders:Smtp:Password. ",
        _ when AboutSigningIn.Contains(code) => "The server wants a sign-in; set VisitReminders:Smtp:Username and VisitReminders:Smtp:Password. ",
        _ => "",
    };
}
