namespace OrleansShop.Clinic.Visits.Reminders.Mail;

/// <summary>Where mails go.</summary>
internal interface IMailDelivery
{
    /// <summary>The place, for people: a server or a folder.</summary>
    string Place { get; }

    /// <summary>Hands a mail over. A failure of the other side is an outcome, not an exception.</summary>
    Task<MailOutcome> DeliverAsync(OutgoingMail mail, CancellationToken cancellationToken);
}
