using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace OrleansShop.Clinic.Visits.Reminders.Mail;

/// <summary>One mail, as plain text. Immutable.</summary>
/// <param name="Name">What tells it from all others: the same mail has the same name at each attempt. ASCII letters, digits, <c>-</c> and <c>.</c>.</param>
/// <param name="From">The sender's address.</param>
/// <param name="To">The recipient's address.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">The lines of the text.</param>
internal sealed record OutgoingMail(string Name, string From, string To, string Subject, IReadOnlyList<string> Text)
{
    /// <summary>The Message-ID, by which mail systems recognise a mail that they were given before.</summary>
    public string MessageId => $"<{Name}@{From[(From.LastIndexOf('@') + 1)..]}>";

    /// <summary>The mail as the framework's clients take it.</summary>
    public MailMessage ToMessage()
    {
        var message = new MailMessage(From, To)
        {
            Subject = Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = string.Join("\r\n", Text) + "\r\n",
            BodyEncoding = Encoding.UTF8,

            // Every server takes it, and a person can read it.
            BodyTransferEncoding = TransferEncoding.QuotedPrintable,
        };
        message.Headers.Add("Message-ID", MessageId);

        // RFC 3834: no answering machine answers it.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}
