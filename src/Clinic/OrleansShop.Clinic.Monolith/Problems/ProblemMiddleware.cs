using System.Data.Common;
using OrleansShop.Clinic.Monolith.Persistence;
using OrleansShop.Clinic.Monolith.Validation;

namespace OrleansShop.Clinic.Monolith.Problems;

/// <summary>
/// Every failure leaves as a problem: one that a layer threw, one that routing or authentication signalled by a bare status, or an exception that nobody
/// foresaw. The last is logged with its stack, of which the client sees nothing.
/// </summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, IDatabaseDialect dialect, ILogger<ProblemMiddleware> logger)
{
    private const int RetryAfterSeconds = 1;

    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone; there is nobody to answer.
            LogAborted(context.Request.Method, path);
            return;
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            await ProblemAnswer.WriteAsync(context, ToProblem(context, failure));
            return;
        }

        if (!context.Response.HasStarted && ForBareStatus(context) is { } problem) await ProblemAnswer.WriteAsync(context, problem);
    }

    private ProblemException ToProblem(HttpContext context, Exception failure)
    {
        switch (failure)
        {
            case ProblemException problem:
                return problem;

            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return new ProblemException(ProblemKind.BodyTooLarge, ContractTexts.BodyTooLarge);

            case BadHttpRequestException:
                return new ProblemException(ProblemKind.InvalidBody, ContractTexts.BodyIncomplete);

            case DbException database when dialect.CauseOf(database) == FailureCause.Unavailable:
                LogDatabaseUnavailable(failure, context.Request.Method, context.Request.Path);
                context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString();
                return new ProblemException(ProblemKind.Unavailable, ContractTexts.DatabaseUnavailable);

            default:
                LogUnforeseen(failure, context.Request.Method, context.Request.Path);
                return new ProblemException(ProblemKind.InternalError, ContractTexts.ServerFault);
        }
    }

    private static ProblemException? ForBareStatus(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (response.ContentLength is not null || response.ContentType is not null) return null;

        return response.StatusCode switch
        {
            StatusCodes.Status401Unauthorized => new ProblemException(ProblemKind.Unauthorized, ContractTexts.SignInRequired),
            StatusCodes.Status403Forbidden => new ProblemException(ProblemKind.Forbidden, ContractTexts.RoleMissing),
            StatusCodes.Status404NotFound => new ProblemException(ProblemKind.NotFound, ContractTexts.NoSuchPath(request.Path)),
            StatusCodes.Status405MethodNotAllowed => new ProblemException(ProblemKind.MethodNotAllowed, ContractTexts.NoSuchMethod(request.Path, request.Method, response.Headers.Allow)),
            _ => null,
        };
    }
}
