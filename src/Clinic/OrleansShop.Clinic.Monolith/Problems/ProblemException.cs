using OrleansShop.Clinic.Monolith.Validation;

namespace OrleansShop.Clinic.Monolith.Problems;

/// <summary>The request ends here, with this answer. Thrown by any layer; <see cref="ProblemMiddleware"/> turns it into the response.</summary>
internal sealed class ProblemException(ProblemKind kind, string detail, IReadOnlyList<string> validationErrors) : Exception(detail)
{
    public ProblemException(ProblemKind kind, string detail)
        : this(kind, detail, [])
    {
    }

    public ProblemKind Kind { get; } = kind;

    public string Detail { get; } = detail;

    public IReadOnlyList<string> ValidationErrors { get; } = validationErrors;

    public static ProblemException NotFound(string entity, int id) => new(ProblemKind.NotFound, ContractTexts.NotFound(entity, id));

    public static ProblemException Invalid(params IReadOnlyList<string> validationErrors) =>
        new(ProblemKind.InvalidBody, ContractTexts.ValidationFailed, validationErrors);
}
