namespace OrleansShop.Engine.Sqs.Calling;

/// <summary>
/// SQS or SNS did not do what it was asked. The message says what was asked, of which queue or topic, where, why it failed and what would be right.
/// </summary>
/// <param name="failure">What went wrong.</param>
/// <param name="message">What, where and why.</param>
/// <param name="innerException">The last failure; null if there is none beneath.</param>
public sealed class SqsException(SqsFailure failure, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What went wrong.</summary>
    public SqsFailure Failure => failure;

    /// <summary>What the service calls it, such as <c>QueueDoesNotExist</c>. Null if the service has not answered.</summary>
    public string? Code { get; init; }

    /// <summary>Whether the same may succeed later, with nothing put right. Default false.</summary>
    public bool MayPass { get; init; }
}
