using System.Net;

namespace OrleansShop.Engine.Sqs.Calling;

/// <summary>The names that SQS and SNS give to errors, in either of their protocols, and what they mean.</summary>
internal static class FaultCodes
{
    private const string QueryPrefix = "AWS.SimpleQueueService.";

    private static readonly Dictionary<string, SqsFailure> s_meanings = new(StringComparer.Ordinal)
    {
        ["QueueDoesNotExist"] = SqsFailure.QueueMissing,
        ["NonExistentQueue"] = SqsFailure.QueueMissing,
        ["QueueNameExists"] = SqsFailure.QueueExists,
        ["QueueAlreadyExists"] = SqsFailure.QueueExists,
        ["NotFound"] = SqsFailure.TopicMissing,
        ["NotFoundException"] = SqsFailure.TopicMissing,
        ["AccessDenied"] = SqsFailure.AccessDenied,
        ["AccessDeniedException"] = SqsFailure.AccessDenied,
        ["AuthorizationError"] = SqsFailure.AccessDenied,
        ["AuthorizationErrorException"] = SqsFailure.AccessDenied,
        ["NotAuthorized"] = SqsFailure.AccessDenied,
        ["OptInRequired"] = SqsFailure.AccessDenied,
        ["KmsAccessDenied"] = SqsFailure.AccessDenied,
        ["KMSAccessDenied"] = SqsFailure.AccessDenied,
        ["InvalidClientTokenId"] = SqsFailure.CredentialsRefused,
        ["UnrecognizedClientException"] = SqsFailure.CredentialsRefused,
        ["MissingAuthenticationToken"] = SqsFailure.CredentialsRefused,
        ["MissingAuthenticationTokenException"] = SqsFailure.CredentialsRefused,
        ["IncompleteSignature"] = SqsFailure.CredentialsRefused,
        ["IncompleteSignatureException"] = SqsFailure.CredentialsRefused,
        ["InvalidSecurity"] = SqsFailure.CredentialsRefused,
        ["InvalidSignature"] = SqsFailure.CredentialsRefused,
        ["InvalidSignatureException"] = SqsFailure.CredentialsRefused,
        ["SignatureDoesNotMatch"] = SqsFailure.CredentialsRefused,
        ["RequestTimeTooSkewed"] = SqsFailure.CredentialsRefused,
        ["RequestExpired"] = SqsFailure.CredentialsRefused,
        ["ExpiredToken"] = SqsFailure.CredentialsRefused,
        ["ExpiredTokenException"] = SqsFailure.CredentialsRefused,
        ["Throttling"] = SqsFailure.Throttled,
        ["ThrottlingException"] = SqsFailure.Throttled,
        ["Throttled"] = SqsFailure.Throttled,
        ["ThrottledException"] = SqsFailure.Throttled,
        ["RequestThrottled"] = SqsFailure.Throttled,
        ["RequestThrottledException"] = SqsFailure.Throttled,
        ["TooManyRequestsException"] = SqsFailure.Throttled,
        ["RequestLimitExceeded"] = SqsFailure.Throttled,
        ["KmsThrottled"] = SqsFailure.Throttled,
        ["KMSThrottling"] = SqsFailure.Throttled,
        ["OverLimit"] = SqsFailure.TooManyInFlight,
        ["ReceiptHandleIsInvalid"] = SqsFailure.ReceiptRefused,
        ["InvalidReceiptHandle"] = SqsFailure.ReceiptRefused,
        ["MessageNotInflight"] = SqsFailure.ReceiptRefused,
        ["BatchRequestTooLong"] = SqsFailure.MessageTooLong,
        ["InvalidMessageContents"] = SqsFailure.MessageInvalid,
    };

    private static readonly HashSet<string> s_passing = new(StringComparer.Ordinal)
    {
        "InternalError", "InternalErrorException", "InternalFailure", "InternalServerError", "ServiceUnavailable", "ServiceUnavailableException",
        "RequestTimeout", "RequestTimeoutException", "QueueDeletedRecently",

        // Credentials that are renewed.
        "ExpiredToken", "ExpiredTokenException",
    };

    private static readonly HashSet<string> s_ofClock = new(StringComparer.Ordinal)
    {
        "RequestTimeTooSkewed", "RequestExpired", "InvalidSignature", "InvalidSignatureException", "SignatureDoesNotMatch", "InvalidSecurity",
    };

    /// <summary>The name alone, without what the protocols put around it: a namespace in front, an address behind.</summary>
    public static string Normalize(string code)
    {
        var name = code[(code.LastIndexOf('#') + 1)..];
        if (name.IndexOf(':') is >= 0 and var address) name = name[..address];
        return name.StartsWith(QueryPrefix, StringComparison.Ordinal) ? name[QueryPrefix.Length..] : name;
    }

    public static SqsFailure Meaning(string code) => s_meanings.GetValueOrDefault(code);

    /// <summary>Whether the same call may succeed a moment later.</summary>
    public static bool MayPass(string code) => s_passing.Contains(code) || Meaning(code) is SqsFailure.Throttled or SqsFailure.TooManyInFlight;

    /// <summary>Whether the same call may succeed a moment later.</summary>
    public static bool MayPass(ServiceFault fault) => MayPass(fault.Code) || fault.Status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    /// <summary>Whether a wrong clock explains it.</summary>
    public static bool IsOfClock(ServiceFault fault) => s_ofClock.Contains(fault.Code);
}
