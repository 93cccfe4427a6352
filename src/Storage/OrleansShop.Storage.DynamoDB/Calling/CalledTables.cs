using OrleansShop.Storage.Aws.Calling;

namespace OrleansShop.Storage.DynamoDB.Calling;

/// <summary>DynamoDB, as calls are repeated to it. What each call is about is a table.</summary>
internal sealed class CalledTables : ICalledService
{
    private CalledTables()
    {
    }

    public static CalledTables Instance { get; } = new();

    public string Describe(string target) => $"the DynamoDB table \"{target}\"";

    public bool MayPass(Exception failure) => Failures.MayPass(failure);

    public Exception? Explain(Exception failure, string operation, string target, string place) => Failures.Explain(failure, operation, target, place);

    public Exception GivenUp(string message, Exception lastFailure) => new DynamoDBTableException(message, lastFailure) { MayPass = true };
}
