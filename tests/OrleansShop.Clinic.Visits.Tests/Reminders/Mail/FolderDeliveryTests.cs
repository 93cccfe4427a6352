using OrleansShop.Clinic.Visits.Reminders.Mail;
using Xunit;

namespace OrleansShop.Clinic.Visits.Tests.Reminders.Mail;

public sealed class FolderDeliveryTests : IDisposable
{
    private static readonly OutgoingMail Mail = new("visit-1-1", "a@b.test", "c@d.test", "one", ["text"]);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drop-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_same_mail_is_one_file_however_often_it_comes_and_nothing_unfinished_is_left()
    {
        var delivery = new FolderDelivery(Path.Combine(_folder.FullName, "new", "mail"));

        await delivery.DeliverAsync(Mail, TestContext.Current.CancellationToken);
        await delivery.DeliverAsync(Mail with { Subject = "two" }, TestContext.Current.CancellationToken);

        var file = Assert.Single(Directory.GetFiles(delivery.Place, "*", SearchOption.AllDirectories));
        Assert.Equal("visit-1-1.eml", Path.GetFileName(file));
        Assert.Contains("Subject: two", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_a_reason_to_try_later()
    {
        var blocked = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(blocked, "in the way", TestContext.Current.CancellationToken);

        var outcome = await new FolderDelivery(blocked).DeliverAsync(Mail, TestContext.Current.CancellationToken);

        Assert.Equal(MailVerdict.Later, outcome.Verdict);
        Assert.StartsWith("The file cannot be written", outcome.Reason, StringComparison.Ordinal);
    }
}
