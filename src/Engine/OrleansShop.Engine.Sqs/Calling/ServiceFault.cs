using System.Net;

namespace OrleansShop.Engine.Sqs.Calling;

/// <summary>What a service answers instead of what it was asked for.</summary>
internal sealed class ServiceFault : Exception
{
    private const int LongestSentence = 500;

    private ServiceFault(string code, string says, HttpStatusCode status)
        : base($"{code} ({(int)status}): {says}") => (Code, Says, Status) = (code, says, status);

    /// <summary>The service's name of the error.</summary>
    public string Code { get; }

    /// <summary>The service's sentence.</summary>
    public string Says { get; }

    /// <summary>The status of HTTP.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>Takes what a service says, without what has no place in a log.</summary>
    /// <param name="code">The service's name of the error, with what its protocol puts around it.</param>
    /// <param name="sentence">Null if it does not say why.</param>
    /// <param name="status">The status of HTTP.</param>
    public static ServiceFault Of(string code, string? sentence, HttpStatusCode status)
    {
        var name = FaultCodes.Normalize(code);
        return new ServiceFault(name, sentence switch
        {
            null or "" => "(it does not say why)",

            // Whoever refuses a signature quotes the request, and with it the session token.
            _ when FaultCodes.Meaning(name) is SqsFailure.CredentialsRefused => "(its words are left out, they may quote a token)",
            { Length: > LongestSentence } => sentence[..LongestSentence] + "…",
            _ => sentence,
        }, status);
    }
}
