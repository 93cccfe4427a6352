using OrleansShop.Clinic.Contracts.Visits;
using OrleansShop.Clinic.Visits.Reminders;
using OrleansShop.Clinic.Visits.Reminders.Mail;
using OrleansShop.Testing.Mail;
using Xunit;

namespace OrleansShop.Clinic.Visits.Tests.Reminders.Mail;

/// <summary>What a mail looks like as bytes, as the framework's client writes it.</summary>
public sealed class ReminderLetterTests : IDisposable
{
    private static readonly Visit Visit = new(new DateOnly(2030, 1, 5), "rabies shot", 17, PetId: 1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("letters-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_mail_says_who_is_to_be_called_about_what()
    {
        var mail = await WriteAsync(ReminderLetter.Write(new(), Visit, plan: 1, ClinicBook.Leo, ClinicBook.Jean));

        Assert.Equal("Visit of Leo on 2030-01-05: please call Jean Coleman", MailText.Header(mail, "Subject"));
        Assert.Equal("visits@clinic.example", MailText.Header(mail, "From"));
        Assert.Equal("front-desk@clinic.example", MailText.Header(mail, "To"));
        Assert.Equal("<visit-17-2030-01-05-1@clinic.example>", MailText.Header(mail, "Message-ID"));
        Assert.EndsWith("+0000", MailText.Header(mail, "Date"), StringComparison.Ordinal);
        Assert.Equal("auto-generated", MailText.Header(mail, "Auto-Submitted"));
        Assert.Equal("text/plain; charset=utf-8", MailText.Header(mail, "Content-Type"));
        Assert.Equal(
            """
            Please call Jean Coleman and remind them of the visit of Leo on Saturday, 5 January 2030.

            Telephone: 6085552654
            Owner:     Jean Coleman, number 6
            Pet:       Leo, cat, number 1
            Visit:     Saturday, 5 January 2030, number 17
            For:       rabies shot
            """.ReplaceLineEndings("\r\n"),
            MailText.TextOf(mail).TrimEnd());
    }

    [Fact]
    public async Task Names_in_any_script_arrive()
    {
        var mail = await WriteAsync(ReminderLetter.Write(
            new(), Visit with { Description = "größer = besser?" }, plan: 1, ClinicBook.Leo with { Name = "Лео 🐈" }, ClinicBook.Jean with { FirstName = "Zoë", LastName = "Ångström-O'Brien" }));

        Assert.All(mail, character => Assert.True(char.IsAscii(character), $"{(int)character:x} is not ASCII"));
        Assert.Equal("Visit of Лео 🐈 on 2030-01-05: please call Zoë Ångström-O'Brien", MailText.Header(mail, "Subject"));
        Assert.Contains("For:       größer = besser?", MailText.TextOf(mail), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Leo\r\nBcc: all@clinic.test")]
    [InlineData("Leo\nBcc: all@clinic.test\n\nBuy now")]
    [InlineData("Leo\r\n\r\n.\r\nMAIL FROM:<x@y.test>")]
    [InlineData("=?utf-8?Q?Leo=0D=0ABcc:_all@clinic.test?=")]
    [InlineData("\r\n\r\n\r\n")]
    public async Task A_name_makes_neither_a_header_nor_a_line(string name)
    {
        var plain = await WriteAsync(ReminderLetter.Write(new(), Visit, plan: 1, ClinicBook.Leo, ClinicBook.Jean));

        var mail = await WriteAsync(ReminderLetter.Write(
            new(), Visit with { Description = name }, plan: 1, ClinicBook.Leo with { Name = name }, ClinicBook.Jean with { FirstName = name, LastName = name, Telephone = name }));

        Assert.Equal(MailText.HeadersOf(plain).Select(header => header.Name), MailText.HeadersOf(mail).Select(header => header.Name));
        Assert.Equal(MailText.TextOf(plain).Split("\r\n").Length, MailText.TextOf(mail).Split("\r\n").Length);
    }

    [Fact]
    public async Task However_long_names_are_the_mail_is_small()
    {
        var name = new string('x', 100_000);

        var mail = await WriteAsync(ReminderLetter.Write(
            new(), Visit with { Description = name }, plan: 1, ClinicBook.Leo with { Name = name }, ClinicBook.Jean with { FirstName = name, LastName = name, Telephone = name }));

        Assert.InRange(mail.Length, 1000, 4000);
    }

    private async Task<string> WriteAsync(OutgoingMail mail)
    {
        Assert.Equal(MailOutcome.Taken, await new FolderDelivery(_folder.FullName).DeliverAsync(mail, TestContext.Current.CancellationToken));
        return await File.ReadAllTextAsync(Path.Combine(_folder.FullName, $"{mail.Name}.eml"), System.Text.Encoding.Latin1, TestContext.Current.CancellationToken);
    }
}
