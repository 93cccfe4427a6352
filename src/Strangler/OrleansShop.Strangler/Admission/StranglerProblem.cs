using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace OrleansShop.Strangler.Admission;

/// <summary>
/// The problems that this library answers with itself, in the form of the system's other problems. Executables have more kinds, in
/// a library that this one may not know.
/// </summary>
internal sealed record StranglerProblem(string Slug, string Title, int Status)
{
    internal static readonly StranglerProblem BadRequest = new("bad-request", "Bad request", 400);
    internal static readonly StranglerProblem Unauthorized = new("unauthorized", "Credentials required", 401);
    internal static readonly StranglerProblem NotFound = new("not-found", "Not found", 404);
    internal static readonly StranglerProblem Conflict = new("conflict", "Conflict", 409);
    internal static readonly StranglerProblem Misdirected = new("misdirected", "Misdirected request", 421);
    internal static readonly StranglerProblem Unavailable = new("unavailable", "Temporarily unavailable", 503);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The answer for one occurrence.</summary>
    internal IResult At(string detail, TimeSpan? retryAfter = null) => new Answer(this, detail, retryAfter);

    private sealed record Body(string Type, string Title, int Status, string Detail, DateTimeOffset Timestamp, string[] SchemaValidationErrors);

    private sealed class Answer(StranglerProblem problem, string detail, TimeSpan? retryAfter) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = problem.Status;
            response.Headers.CacheControl = "no-store";
            if (retryAfter is { } wait)
            {
                response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            }

            var time = httpContext.RequestServices.GetRequiredService<TimeProvider>();
            var body = new Body($"https://orleansshop.example/problems/{problem.Slug}", problem.Title, problem.Status, detail, time.GetUtcNow(), []);
            return response.WriteAsJsonAsync(body, Json, "application/problem+json", httpContext.RequestAborted);
        }
    }
}
