namespace OrleansShop.Clinic.Visits.Reminders.Mail;

/// <summary>The server that mails are handed to. Section <c>VisitReminders:Smtp</c>. Immutable.</summary>
internal sealed record SmtpOptions
{
    /// <summary><c>VisitReminders:Smtp:Host</c>: name or address of the server. Required for SMTP.</summary>
    public required string Host { get; init; }

    /// <summary><c>VisitReminders:Smtp:Port</c>: its port. Range 1 to 65,535. Default 587, for submission.</summary>
    public int Port { get; init; } = 587;

    /// <summary><c>VisitReminders:Smtp:StartTls</c>: whether the connection must turn to TLS before anything is said; a server that cannot, or whose certificate the system does not trust for <see cref="Host"/>, gets no mail. Default true.</summary>
    public bool StartTls { get; init; } = true;

    /// <summary><c>VisitReminders:Smtp:Username</c>: as whom to sign in; only over TLS, with <see cref="Password"/>. Default null: nobody.</summary>
    public string? Username { get; init; }

    /// <summary><c>VisitReminders:Smtp:Password</c>: belongs to <see cref="Username"/>. Default null.</summary>
    public string? Password { get; init; }

    /// <summary><c>VisitReminders:Smtp:Timeout</c>: how long a hand-over may take, from connecting to the server's last word. Range 1 second to 1 minute. Default 20 seconds, within the 30 of a grain call.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// <c>VisitReminders:Smtp:MaxConnections</c>: how many connections a process has open at a time. Visits of one day are due at the same moment; those that find none free for <see cref="Timeout"/> are
    /// tried again later. Range 1 to 100. Default 4.
    /// </summary>
    public int MaxConnections { get; init; } = 4;

    // Without the password.
    private bool PrintMembers(System.Text.StringBuilder text)
    {
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{nameof(Host)} = {Host}, {nameof(Port)} = {Port}, {nameof(StartTls)} = {StartTls}, {nameof(Username)} = {Username}");
        return true;
    }
}
