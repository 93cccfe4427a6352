using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace OrleansShop.ServiceDefaults.Problems;

/// <summary>Sends a problem as the answer to a request.</summary>
public static class ProblemWriter
{
    /// <summary>Writes the status, the headers and the body. The response must not have started.</summary>
    /// <param name="response">The response to write.</param>
    /// <param name="problem">What to say.</param>
    /// <param name="retryAfter">The value of <c>Retry-After</c>, rounded up to whole seconds; null for none.</param>
    public static Task WriteProblemAsync(this HttpResponse response, Problem problem, TimeSpan? retryAfter = null)
    {
        response.StatusCode = problem.Status;
        response.Headers.CacheControl = "no-store";
        if (retryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return response.WriteAsJsonAsync(problem, ProblemJson.Readable.Problem, ProblemJson.MediaType, response.HttpContext.RequestAborted);
    }
}
