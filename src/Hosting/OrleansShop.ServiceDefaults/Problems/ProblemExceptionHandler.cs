using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OrleansShop.ServiceDefaults.Problems;

/// <summary>Answers a failed request with a problem. Only what was meant for clients is shown; the rest is logged with its stack trace.</summary>
internal sealed partial class ProblemExceptionHandler(TimeProvider time, ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is ConnectionResetException || (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested))
        {
            // The client is gone: there is nobody to answer, and nothing failed here. Who reads the body may learn of it before the token does.
            LogAborted(logger, httpContext.Request.Method, httpContext.Request.Path);
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var (problem, retryAfter) = Describe(exception, httpContext);
        if (problem.Status >= 500)
        {
            LogFailed(logger, httpContext.Request.Method, httpContext.Request.Path, problem.Status, exception);
        }

        await httpContext.Response.WriteProblemAsync(problem, retryAfter);
        return true;
    }

    private (Problem Problem, TimeSpan? RetryAfter) Describe(Exception exception, HttpContext http) => exception switch
    {
        ProblemException known => (known.Kind.At(known.Message, time, known.Faults), known.RetryAfter),
        BadHttpRequestException bad => (DescribeBadRequest(bad), null),
        TimeoutException => (ProblemKinds.Unavailable.At(
            $"{http.Request.Method} {http.Request.Path} took too long inside the service; whether it took effect is unknown.", time), TimeSpan.FromSeconds(1)),
        _ => (ProblemKinds.InternalError.At("The request failed inside the service. The failure is logged there.", time), null),
    };

    private Problem DescribeBadRequest(BadHttpRequestException bad)
    {
        var kind = ProblemKinds.ForStatus(bad.StatusCode) ?? ProblemKinds.BadRequest;
        return kind.At(bad.Message, time);
    }

    [LoggerMessage(5000, LogLevel.Error, "{Method} {Path} failed and was answered {Status}.")]
    private static partial void LogFailed(ILogger logger, string method, PathString path, int status, Exception exception);

    [LoggerMessage(5001, LogLevel.Debug, "The client of {Method} {Path} closed the connection before the answer.")]
    private static partial void LogAborted(ILogger logger, string method, PathString path);
}
