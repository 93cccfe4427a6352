namespace OrleansShop.ServiceDefaults.Problems;

/// <summary>Ends a request with a problem. Thrown where the answer is decided; turned into the answer at the edge of the process.</summary>
/// <param name="kind">The kind of error.</param>
/// <param name="detail">What happened this time, to which thing, and what would be right. Shown to the client.</param>
/// <param name="faults">The faults of the body, if the error is about the body.</param>
/// <param name="retryAfter">When the client may try again, if waiting helps.</param>
/// <param name="innerException">What caused it. Logged, never shown to the client.</param>
public sealed class ProblemException(
    ProblemKind kind,
    string detail,
    IReadOnlyList<ValidationFault>? faults = null,
    TimeSpan? retryAfter = null,
    Exception? innerException = null)
    : Exception(detail, innerException)
{
    /// <summary>The kind of error.</summary>
    public ProblemKind Kind { get; } = kind;

    /// <summary>The faults of the body; empty when the error is not about the body.</summary>
    public IReadOnlyList<ValidationFault> Faults { get; } = faults ?? [];

    /// <summary>When the client may try again, or null.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
