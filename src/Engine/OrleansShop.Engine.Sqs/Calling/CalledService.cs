using Amazon.Runtime;
using OrleansShop.Engine.Sqs.Batches;
using OrleansShop.Storage.Aws.Calling;
using OrleansShop.Storage.Aws.Posting;

namespace OrleansShop.Engine.Sqs.Calling;

/// <summary>SQS or SNS: which of its failures pass, and what the others mean.</summary>
/// <param name="Product">What it is called in messages.</param>
/// <param name="Prefix">What it is called in host names, signatures and permissions.</param>
/// <param name="Thing">What its calls are about.</param>
internal sealed record CalledService(string Product, string Prefix, string Thing) : ICalledService
{
    public static CalledService Sqs { get; } = new("SQS", "sqs", "queue");

    public static CalledService Sns { get; } = new("SNS", "sns", "topic");

    /// <summary>Whether a message can be kept back for a while.</summary>
    public bool TakesDelays => this == Sqs;

    /// <summary>The name alone of what has a URL, an ARN or a name.</summary>
    public static string NameOf(string target) => target[(target.AsSpan().TrimEnd('/').LastIndexOfAny('/', ':') + 1)..];

    public string Describe(string target) => $"the {Thing} \"{NameOf(target)}\"";

    public bool MayPass(Exception failure) => failure switch
    {
        ServiceFault fault => FaultCodes.MayPass(fault),
        InvalidAnswer or RefusedEntries => true,
        SqsException or AnswerTooLongException => false,
        _ => NetworkFailures.Contain(failure),
    };

    public Exception? Explain(Exception failure, string operation, string target, string place) => failure switch
    {
        ServiceFault fault => Explain(fault, operation, target, place),
        AnswerTooLongException => new SqsException(SqsFailure.AnswerInvalid, $"{operation} on {Describe(target)} at {place} failed: {failure.Message}.", failure),

        // The SDK says what of the chain it has tried.
        AmazonClientException => new SqsException(
            SqsFailure.CredentialsRefused,
            $"{operation} on {Describe(target)} at {place} was not sent, because there are no credentials: {failure.Message} Set AccessKey and SecretKey, ProfileName, or what the standard chain of the SDK reads.", failure),
        _ => null,
    };

    public Exception GivenUp(string message, Exception lastFailure)
    {
        var code = (lastFailure as ServiceFault)?.Code;
        var failure = lastFailure switch
        {
            ServiceFault when FaultCodes.Meaning(code!) is not SqsFailure.Other and var known => known,
            InvalidAnswer => SqsFailure.AnswerInvalid,
            RefusedEntries => SqsFailure.Throttled,
            _ => SqsFailure.Unreachable,
        };
        return new SqsException(failure, message, lastFailure) { Code = code, MayPass = true };
    }

    /// <summary>What an error means that the service gives for a call, or for one entry of a batch.</summary>
    public SqsException Explain(ServiceFault fault, string operation, string target, string place)
    {
        var failure = FaultCodes.Meaning(fault.Code);
        var what = $"{operation} on {Describe(target)} at {place}";
        var message = failure switch
        {
            SqsFailure.QueueMissing => $"{what} failed: there is no such queue. Create it, or check its name and the region and account of {place}.",
            SqsFailure.TopicMissing => $"{what} failed: there is no such topic. Create it, or check its name and the region and account of {place}. {Product} says: {fault.Says}",
            SqsFailure.QueueExists => $"{what} failed: a queue of that name exists and has other attributes. Leave them out, or set them with SetQueueAttributes. {Product} says: {fault.Says}",
            SqsFailure.AccessDenied => $"The credentials may not do {Permission(operation)} on {Describe(target)} at {place}. Allow it in the policy of their role, or in that of the {Thing}. {Product} says: {fault.Says}",
            SqsFailure.CredentialsRefused => $"{what} was refused with {fault.Code}: the credentials are not known there, have expired, or sign wrongly. Check the keys and the clock of this machine.",
            SqsFailure.ReceiptRefused => $"{what} failed with {fault.Code}: the receipt handle is of another queue, or its message was deleted or is visible again. {Product} says: {fault.Says}",
            _ => $"{what} failed with {fault.Code}: {fault.Says}",
        };
        return new SqsException(failure, message, fault) { Code = fault.Code, MayPass = FaultCodes.MayPass(fault) };
    }

    // A call with a batch needs the permission of the call without.
    private string Permission(string operation) => $"{Prefix}:{(operation.EndsWith("Batch", StringComparison.Ordinal) ? operation[..^"Batch".Length] : operation)}";
}
