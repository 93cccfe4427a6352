using System.Net.Mail;

namespace OrleansShop.Clinic.Visits.Reminders.Mail;

/// <summary>
/// Puts mails as <c>.eml</c> files into a folder, where a person can look at them without a mail server. A file has the mail's name, so that an attempt that is repeated leaves one file; it is written beside and then renamed, so
/// that there is never a part of one.
/// </summary>
/// <param name="folder">The folder; created with the first mail.</param>
internal sealed class FolderDelivery(string folder) : IMailDelivery
{
    private const string Unfinished = ".unfinished";

    private readonly string _folder = Path.GetFullPath(folder);

    public string Place => _folder;

    public async Task<MailOutcome> DeliverAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var place = Path.Combine(_folder, Unfinished, Guid.NewGuid().ToString("N"));
        try
        {
            Directory.CreateDirectory(place);
            await WriteAsync(mail, place, cancellationToken);
            File.Move(Directory.GetFiles(place).Single(), Path.Combine(_folder, $"{mail.Name}.eml"), overwrite: true);
            Directory.Delete(place);
            return MailOutcome.Taken;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return MailOutcome.Later($"The file cannot be written: {failure.Message}");
        }
        catch (SmtpException failure) when (failure.InnerException is IOException or UnauthorizedAccessException)
        {
            return MailOutcome.Later($"The file cannot be written: {failure.InnerException.Message}");
        }
    }

    // The framework's own writer: what lies here is what a server would be given.
    private static async Task WriteAsync(OutgoingMail mail, string place, CancellationToken cancellationToken)
    {
        using var message = mail.ToMessage();
        using var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = place };
        await client.SendMailAsync(message, cancellationToken);
    }
}
