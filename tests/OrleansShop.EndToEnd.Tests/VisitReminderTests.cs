using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using OrleansShop.EndToEnd.Tests.Systems;
using OrleansShop.Testing.Mail;
using OrleansShop.Testing.Moves;
using OrleansShop.Testing.Processes;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.EndToEnd.Tests;

/// <summary>Visit reminders in the AppHost: from a booking over HTTP to the mail in the folder that the screen names.</summary>
public sealed partial class VisitReminderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("visit-reminders-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_visit_that_is_booked_leaves_one_mail_and_one_that_the_grains_took_over_another()
    {
        await using var process = Start();
        var screen = await ScreenOf(process);
        var mail = MailLine().Match(screen).Groups["folder"].Value;
        var gateway = new Uri(GatewayLine().Match(screen).Groups["url"].Value);
        using var client = new HttpClient { BaseAddress = new Uri(gateway, "/petclinic/api/") };
        var inTwoDays = VisitBooking.InTwoDays;

        // Leo's visit is booked at the monolith, Basil's at the grains.
        var taken = await VisitBooking.BookAsync(client, petId: 1, inTwoDays, "teeth");
        await MovedCapabilities.ThroughGateway(client).ToGrainsAsync("visits");
        var booked = await VisitBooking.BookAsync(client, petId: 2, inTwoDays, "größere Wunde");
        var cancelled = await VisitBooking.BookAsync(client, petId: 3, "9999-12-31", "never");
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"visits/{cancelled}")).StatusCode);

        await Eventually.Holds(() => Mails(mail).Length == 2, $"both mails are in {mail}");
        var texts = Mails(mail).Select(file => File.ReadAllText(file, Encoding.Latin1)).ToList();
        Assert.Equal([$"visit-{taken}-{inTwoDays}-1.eml", $"visit-{booked}-{inTwoDays}-1.eml"], Mails(mail).Select(Path.GetFileName));
        Assert.Equal($"Visit of Leo on {inTwoDays}: please call George Franklin", MailText.Header(texts[0], "Subject"));
        Assert.Equal($"Visit of Basil on {inTwoDays}: please call Betty Davis", MailText.Header(texts[1], "Subject"));
        Assert.Contains("For:       größere Wunde", MailText.TextOf(texts[1]), StringComparison.Ordinal);
        Assert.Contains("Telephone: 6085551749", MailText.TextOf(texts[1]), StringComparison.Ordinal);
        Assert.Equal(0, await process.InterruptAsync());
        Assert.Equal(2, Mails(mail).Length);
    }

    [Fact]
    public async Task A_mail_goes_through_a_server_with_TLS_that_the_system_trusts_and_waits_until_the_password_is_right()
    {
        using var certificate = SelfSigned.ForLoopback();
        var trusted = Path.Combine(_folder.FullName, "trusted.pem");
        await File.WriteAllTextAsync(trusted, certificate.ExportCertificatePem());
        await using var server = SmtpServer.Start();
        (server.Certificate, server.Account) = (certificate, new NetworkCredential("clinic", "changed"));
        await using var process = Start(
            $"SSL_CERT_FILE={trusted}", "VisitReminders__Smtp__Host=localhost", $"VisitReminders__Smtp__Port={server.Port}", "VisitReminders__Smtp__Username=clinic", "VisitReminders__Smtp__Password=sesame",
            "VisitReminders__From=visits@clinic.test", "VisitReminders__FrontDesk=desk@clinic.test", "VisitReminders__RetryDelay=00:00:01", "VisitReminders__MaxRetryDelay=00:00:01");
        var gateway = new Uri(GatewayLine().Match(await ScreenOf(process)).Groups["url"].Value);
        using var client = new HttpClient { BaseAddress = new Uri(gateway, "/petclinic/api/") };
        await MovedCapabilities.ThroughGateway(client).ToGrainsAsync("visits");

        var inTwoDays = VisitBooking.InTwoDays;
        var visit = await VisitBooking.BookAsync(client, petId: 1, inTwoDays);
        await process.WaitForAsync(static output => output.Contains("The server did not let clinic in", StringComparison.Ordinal) ? output : null);
        Assert.Empty(server.Mails);
        server.Account = new NetworkCredential("clinic", "sesame");

        await Eventually.Holds(() => server.Mails.Count == 1, $"the server has the mail:\n{process.Output}");
        Assert.Equal($"<visit-{visit}-{inTwoDays}-1@clinic.test>", server.Mails.Single().Header("Message-ID"));
        Assert.Equal(0, await process.InterruptAsync());
        Assert.Single(server.Mails);
    }

    private ServiceProcess Start(params string[] environment) => ServiceProcess.Start(
        "src/Hosting/OrleansShop.AppHost",
        ["--data-dir", Path.Combine(_folder.FullName, "data"), "--urls", "http://127.0.0.1:0"],
        _folder.FullName,
        prefix: ["env", "VisitReminders__LeadTime=4.00:00:00", .. environment]);

    private static Task<string> ScreenOf(ServiceProcess process) => process.WaitForAsync(static output => output.Contains("Ctrl-C stops everything", StringComparison.Ordinal) ? output : null);

    private static string[] Mails(string folder) => Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.eml").Order(StringComparer.Ordinal)] : [];

    [GeneratedRegex(@"^\s+visit reminders\s+(?<folder>/.*\S)", RegexOptions.Multiline)]
    private static partial Regex MailLine();

    [GeneratedRegex(@"^\s+gateway\s+(?<url>http://\S+)", RegexOptions.Multiline)]
    private static partial Regex GatewayLine();
}
