namespace OrleansShop.Storage.DynamoDB;

/// <summary>
/// A DynamoDB table cannot be used: it is missing, is laid out otherwise, refuses the credentials, or could not be reached for longer than calls are
/// repeated. The message says which table, where, what was tried and what to do.
/// </summary>
/// <param name="message">What, where and why.</param>
/// <param name="innerException">The last failure; null if nothing failed and something is wrong.</param>
public sealed class DynamoDBTableException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Whether the same may succeed later: DynamoDB throttled or could not be reached. Default false: something has to be put right first.</summary>
    public bool MayPass { get; init; }
}
