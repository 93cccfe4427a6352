using OrleansShop.Clinic.Http.Answers;

namespace OrleansShop.Clinic.Http.Problems;

/// <summary>Writes a problem as the response. Headers that are set already stay, so that CORS headers and <c>Allow</c> reach the client.</summary>
internal static class ProblemAnswer
{
    public const string MediaType = "application/problem+json";

    public static Task WriteAsync(HttpContext context, ProblemException problem)
    {
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        var body = new ProblemDetail(
            problem.Kind.Type,
            problem.Kind.Title,
            problem.Kind.Status,
            problem.Detail,
            time.GetUtcNow().UtcDateTime,
            [.. problem.ValidationErrors.Select(message => new ValidationMessage(message))]);

        context.Response.StatusCode = problem.Kind.Status;
        context.Response.Headers.CacheControl = "no-store";
        if (problem.RetryAfter is { } wait) context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString();
        return JsonAnswer.WriteAsync(context, body, MediaType);
    }
}
