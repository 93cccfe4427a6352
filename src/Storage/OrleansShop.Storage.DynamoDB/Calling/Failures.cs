using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using OrleansShop.Storage.Aws.Calling;

namespace OrleansShop.Storage.DynamoDB.Calling;

/// <summary>Which failures of DynamoDB pass by themselves, and what the others mean.</summary>
internal static class Failures
{
    // Names of the API, where the SDK has no class of its own or takes another one.
    private static readonly HashSet<string> s_passingCodes = new(StringComparer.Ordinal)
    {
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException", "TooManyRequestsException",
        "ProvisionedThroughputExceededException", "RequestLimitExceeded", "LimitExceededException", "SlowDown", "InternalFailure", "InternalServerError", "ServiceUnavailable",
        "RequestTimeout", "RequestTimeoutException", "TransactionConflictException", "TransactionInProgressException", "ReplicatedWriteConflictException",

        // Credentials that are renewed, or a clock that the SDK corrects by the answer's.
        "ExpiredTokenException", "RequestExpired", "RequestTimeTooSkewed",
    };

    private static readonly HashSet<string> s_passingReasons = new(StringComparer.Ordinal) { "None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded" };

    /// <summary>Whether the same call may succeed a moment later.</summary>
    public static bool MayPass(Exception failure) => failure switch
    {
        TransactionCanceledException canceled => canceled.CancellationReasons is { Count: > 0 } reasons && reasons.TrueForAll(static reason => s_passingReasons.Contains(reason.Code ?? "None")),
        AmazonServiceException service => IsPassing(service) || NetworkFailures.Contain(service.InnerException),
        AmazonClientException client => NetworkFailures.Contain(client.InnerException),
        _ => NetworkFailures.Contain(failure),
    };

    /// <summary>Says what a failure means that does not pass; null if its caller knows better than this what it means.</summary>
    public static DynamoDBTableException? Explain(Exception failure, string operation, string table, string place) => failure switch
    {
        ConditionalCheckFailedException or TransactionCanceledException or ResourceInUseException => null,
        ResourceNotFoundException => new DynamoDBTableException($"{operation} failed: the DynamoDB table \"{table}\" does not exist at {place}.", failure),
        AmazonServiceException service when IsRefusal(service) => new DynamoDBTableException(
            $"The credentials may not do {Permission(operation)} on the table \"{table}\" at {place}. Allow it in the policy of their role. DynamoDB says: {service.Message}", failure),
        AmazonDynamoDBException service => new DynamoDBTableException($"{operation} on the DynamoDB table \"{table}\" at {place} failed with {service.ErrorCode}: {service.Message}", failure),
        AmazonClientException => new DynamoDBTableException($"{operation} on the DynamoDB table \"{table}\" at {place} was not sent: {failure.Message}", failure),
        _ => null,
    };

    // A transaction needs the permissions of what is in it, and has none of its own.
    private static string Permission(string operation) =>
        operation == "TransactWriteItems" ? "dynamodb:PutItem, dynamodb:UpdateItem, dynamodb:DeleteItem or dynamodb:ConditionCheckItem" : $"dynamodb:{operation}";

    /// <summary>Whether the credentials were refused, or the operation to them.</summary>
    public static bool IsRefusal(Exception failure) =>
        failure is AmazonServiceException { ErrorCode: "AccessDeniedException" or "AccessDenied" or "UnrecognizedClientException" or "InvalidSignatureException" or "MissingAuthenticationToken" };

    private static bool IsPassing(AmazonServiceException failure) =>
        failure is ProvisionedThroughputExceededException or ThrottlingException or RequestLimitExceededException or LimitExceededException or InternalServerErrorException
            or TransactionConflictException or TransactionInProgressException or ReplicatedWriteConflictException or AmazonUnmarshallingException
        || (failure.ErrorCode is { } code && s_passingCodes.Contains(code))
        || failure.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
}
