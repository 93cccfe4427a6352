using Microsoft.Extensions.Configuration;
using OrleansShop.Clinic.Visits.Reminders;
using OrleansShop.ServiceDefaults.Silos;
using Xunit;

namespace OrleansShop.Clinic.Visits.Tests.Reminders;

public sealed class VisitReminderOptionsTests
{
    [Fact]
    public void Nothing_has_to_be_configured_and_mails_go_below_the_data_folder() =>
        Assert.Equal(new VisitReminderOptions { DropFolder = Path.Combine("somewhere", "mail") }, Read(("Storage:DataFolder", "somewhere")));

    [Fact]
    public void Everything_can_be_configured()
    {
        var options = Read(
            ("VisitReminders:Enabled", "false"), ("VisitReminders:LeadTime", "2.12:00:00"), ("VisitReminders:VisitTime", "08:30"), ("VisitReminders:TimeZone", "Europe/Berlin"),
            ("VisitReminders:From", "a@b.test"), ("VisitReminders:FrontDesk", "c@d.test"), ("VisitReminders:RetryDelay", "00:00:10"), ("VisitReminders:MaxRetryDelay", "00:05:00"),
            ("VisitReminders:DropFolder", "/drop"), ("VisitReminders:Smtp:Host", "mail.test"), ("VisitReminders:Smtp:Port", "2525"), ("VisitReminders:Smtp:Username", "me"),
            ("VisitReminders:Smtp:Password", "secret"), ("VisitReminders:Smtp:Timeout", "00:00:05"), ("VisitReminders:Smtp:MaxConnections", "2"));

        Assert.Equal(
            (false, TimeSpan.FromHours(60), new TimeOnly(8, 30), "Europe/Berlin", "a@b.test", "c@d.test", TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5), "/drop"),
            (options.Enabled, options.LeadTime, options.VisitTime, options.TimeZone.Id, options.From, options.FrontDesk, options.RetryDelay, options.MaxRetryDelay, options.DropFolder));
        Assert.Equal(("mail.test", 2525, true, "me", "secret", TimeSpan.FromSeconds(5), 2), (
            options.Smtp!.Host, options.Smtp.Port, options.Smtp.StartTls, options.Smtp.Username, options.Smtp.Password, options.Smtp.Timeout, options.Smtp.MaxConnections));
        Assert.DoesNotContain("secret", options.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Enabled", "yes", "true or false")]
    [InlineData("LeadTime", "00:00:59", "from 00:01:00 to 60.00:00:00")]
    [InlineData("LeadTime", "61.00:00:00", "from 00:01:00 to 60.00:00:00")]
    [InlineData("LeadTime", "24", "hours:minutes:seconds")]
    [InlineData("VisitTime", "24:00", "from 00:00 to 23:59")]
    [InlineData("VisitTime", "9", "from 00:00 to 23:59")]
    [InlineData("TimeZone", "Mars/Olympus", "IANA name")]
    [InlineData("From", "nobody", "e-mail address")]
    [InlineData("From", "Clinic <a@b.test>", "without a name")]
    [InlineData("From", "a@b.test\r\nBcc: c@d.test", "e-mail address")]
    [InlineData("From", "a@b.test, c@d.test", "e-mail address")]
    [InlineData("FrontDesk", "ü@b.test", "ASCII")]
    [InlineData("RetryDelay", "00:00:00", "from 00:00:01 to 01:00:00")]
    [InlineData("MaxRetryDelay", "00:00:30", "from 00:01:00 to 1.00:00:00")]
    [InlineData("Smtp:Port", "25", "name of the SMTP server, because VisitReminders:Smtp:Port is set")]
    public void A_value_that_is_wrong_is_named_with_what_is_wanted(string key, string value, string wanted)
    {
        var fault = Assert.Single(Assert.Throws<SiloConfigurationException>(() => Read(($"VisitReminders:{key}", value))).Faults);

        Assert.Equal(key == "Smtp:Port" ? "VisitReminders:Smtp:Host" : $"VisitReminders:{key}", fault.Key);
        Assert.Contains(wanted, fault.Wanted, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_of_a_mail_server_are_listed_at_once()
    {
        var faults = Assert.Throws<SiloConfigurationException>(() => Read(
            ("VisitReminders:Smtp:Host", "mail.test:25"), ("VisitReminders:Smtp:Port", "0"), ("VisitReminders:Smtp:StartTls", "false"), ("VisitReminders:Smtp:Username", "me"),
            ("VisitReminders:Smtp:Timeout", "00:02:00"), ("VisitReminders:Smtp:MaxConnections", "0"))).Faults;

        Assert.Equal(
            ["Smtp:Host", "Smtp:Port", "Smtp:Timeout", "Smtp:MaxConnections", "Smtp:Password", "Smtp:StartTls", "From", "FrontDesk"],
            faults.Select(fault => fault.Key["VisitReminders:".Length..]));
    }

    private static VisitReminderOptions Read(params (string Key, string Value)[] settings) =>
        VisitReminderOptionsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());
}
