namespace OrleansShop.Engine.Sqs.Calling;

/// <summary>What went wrong with a call to SQS or SNS.</summary>
public enum SqsFailure
{
    /// <summary>The service refuses the call for a reason that has no name here; <see cref="SqsException.Code"/> has the service's.</summary>
    Other,

    /// <summary>There is no such queue.</summary>
    QueueMissing,

    /// <summary>A queue of that name exists and has other attributes.</summary>
    QueueExists,

    /// <summary>There is no such topic, or no such subscription.</summary>
    TopicMissing,

    /// <summary>The credentials may not do this.</summary>
    AccessDenied,

    /// <summary>There are no credentials, the service does not know them, or their signature is wrong.</summary>
    CredentialsRefused,

    /// <summary>Too much was asked for at once, for longer than calls are repeated.</summary>
    Throttled,

    /// <summary>More messages of the queue are received and not deleted than SQS keeps: 120,000, or 20,000 of a FIFO queue.</summary>
    TooManyInFlight,

    /// <summary>The service could not be reached, or did not answer, for longer than calls are repeated.</summary>
    Unreachable,

    /// <summary>The answer cannot be understood, or is too long.</summary>
    AnswerInvalid,

    /// <summary>The receipt handle is not one, or does not stand for a received message any more.</summary>
    ReceiptRefused,

    /// <summary>A message, or a call with messages, is longer than the service or the client takes.</summary>
    MessageTooLong,

    /// <summary>A message has no body, or characters, attributes or ids that SQS does not take.</summary>
    MessageInvalid,

    /// <summary>The queue has stored something else than was sent.</summary>
    MessageDamaged,

    /// <summary>A message was not sent because an earlier one of its group was not.</summary>
    NotSent,
}
