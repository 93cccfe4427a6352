namespace OrleansShop.Testing.Mail;

/// <summary>What an <see cref="SmtpServer"/> does wrong.</summary>
public enum SmtpFault
{
    /// <summary>Nothing: it takes every mail.</summary>
    None,

    /// <summary>It accepts the connection and says nothing.</summary>
    HangAtGreeting,

    /// <summary>It takes the whole mail and never says so.</summary>
    HangAfterData,

    /// <summary>It closes the connection when it has the whole mail, which it keeps.</summary>
    DropAfterData,

    /// <summary>It answers the recipient with 451.</summary>
    RecipientLater,

    /// <summary>It answers the recipient with 550.</summary>
    RecipientNever,

    /// <summary>It answers the whole mail with 552.</summary>
    MailNever,

    /// <summary>It answers the sender with 530: sign in first.</summary>
    SignInFirst,

    /// <summary>It has no service today: 421 instead of a greeting.</summary>
    ClosedToday,
}
