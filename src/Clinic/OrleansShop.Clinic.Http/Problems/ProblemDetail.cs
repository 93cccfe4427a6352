using System.ComponentModel;

namespace OrleansShop.Clinic.Http.Problems;

[Description("The schema of all error responses (RFC 7807).")]
internal sealed record ProblemDetail(
    [property: Description("A stable URI that names the kind of failure.")] string Type,
    [property: Description("The kind of failure in words.")] string Title,
    [property: Description("The HTTP status code.")] int Status,
    [property: Description("What happened, to which thing.")] string Detail,
    [property: Description("When it happened, in UTC.")] DateTime Timestamp,
    [property: Description("One entry for each property of the body that breaks the contract.")] IReadOnlyList<ValidationMessage> SchemaValidationErrors);

[Description("One fault of the request body.")]
internal sealed record ValidationMessage(string Message);
