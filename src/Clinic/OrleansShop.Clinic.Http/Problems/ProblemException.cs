namespace OrleansShop.Clinic.Http.Problems;

/// <summary>The request ends here, with this answer. Thrown by any layer; <see cref="ProblemMiddleware"/> turns it into the response.</summary>
internal sealed class ProblemException(ProblemKind kind, string detail, IReadOnlyList<string> validationErrors, TimeSpan? retryAfter = null) : Exception(detail)
{
    public ProblemException(ProblemKind kind, string detail)
        : this(kind, detail, [])
    {
    }

    public ProblemKind Kind { get; } = kind;

    public string Detail { get; } = detail;

    public IReadOnlyList<string> ValidationErrors { get; } = validationErrors;

    /// <summary>When the client may try again; null when waiting does not help.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    public static ProblemException Unavailable(string detail, TimeSpan retryAfter) => new(ProblemKind.Unavailable, detail, [], retryAfter);

    public static ProblemException NotFound(string entity, int id) => new(ProblemKind.NotFound, ContractTexts.NotFound(entity, id));

    public static ProblemException Invalid(params IReadOnlyList<string> validationErrors) =>
        new(ProblemKind.InvalidBody, ContractTexts.ValidationFailed, validationErrors);
}
