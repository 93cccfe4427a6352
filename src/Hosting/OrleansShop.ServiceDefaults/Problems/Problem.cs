namespace OrleansShop.ServiceDefaults.Problems;

/// <summary>An error answer as clients of the Pet Clinic know it: RFC 7807 with the time and the faults of the body.</summary>
/// <param name="Type">A stable URI whose last segment names a page in <c>docs/symptoms/</c>.</param>
/// <param name="Title">What happened, the same for every occurrence.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What happened this time, to which thing, and what would be right.</param>
/// <param name="Timestamp">When, in UTC.</param>
/// <param name="SchemaValidationErrors">The faults of the body, one each; empty when the error is not about the body.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    DateTimeOffset Timestamp,
    IReadOnlyList<ValidationFault> SchemaValidationErrors);

/// <summary>One fault of a request body.</summary>
/// <param name="Message">The path of the value and what it should have been.</param>
public sealed record ValidationFault(string Message);

/// <summary>A kind of error: what stays the same between occurrences.</summary>
/// <param name="Slug">The name of its page in <c>docs/symptoms/</c>, without the ending.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Status">The HTTP status.</param>
public sealed record ProblemKind(string Slug, string Title, int Status)
{
    /// <summary>Where all problem types live.</summary>
    public const string TypePrefix = "https://orleansshop.example/problems/";

    /// <summary>The stable URI of this kind.</summary>
    public string Type { get; } = TypePrefix + Slug;

    /// <summary>Describes one occurrence.</summary>
    /// <param name="detail">What happened this time, to which thing, and what would be right.</param>
    /// <param name="time">The clock that gives the time of the occurrence.</param>
    /// <param name="faults">The faults of the body, if the error is about the body.</param>
    public Problem At(string detail, TimeProvider time, IReadOnlyList<ValidationFault>? faults = null) =>
        new(Type, Title, Status, detail, time.GetUtcNow(), faults ?? []);
}
