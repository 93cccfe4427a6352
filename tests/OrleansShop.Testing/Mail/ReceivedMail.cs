namespace OrleansShop.Testing.Mail;

/// <summary>A mail as a server got it.</summary>
/// <param name="Sender">What <c>MAIL FROM</c> said.</param>
/// <param name="Recipients">What each <c>RCPT TO</c> said.</param>
/// <param name="Content">Headers and body as they came, with the dots of the transport taken away.</param>
public sealed record ReceivedMail(string Sender, IReadOnlyList<string> Recipients, string Content)
{
    /// <summary>The header fields in their order, unfolded.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers => MailText.HeadersOf(Content);

    /// <summary>The only header field of a name, with encoded words decoded.</summary>
    public string Header(string name) => MailText.Header(Content, name);

    /// <summary>The text, decoded.</summary>
    public string Text => MailText.TextOf(Content);
}
