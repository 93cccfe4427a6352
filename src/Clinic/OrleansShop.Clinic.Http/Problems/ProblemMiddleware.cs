using Microsoft.AspNetCore.Connections;

namespace OrleansShop.Clinic.Http.Problems;

/// <summary>
/// Every failure leaves as a problem: one that a layer threw, one that routing or authentication signalled by a bare status, or an exception that nobody
/// foresaw. The last is logged with its stack, of which the client sees nothing.
/// </summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, IForeseenFailures failures, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        try
        {
            await next(context);
        }
        catch (Exception failure) when (HasClientLeft(context, failure))
        {
            // There is nobody to answer, and nothing failed here.
            LogAborted(context.Request.Method, path);
            return;
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            await ProblemAnswer.WriteAsync(context, ToProblem(context.Request, failure));
            return;
        }

        if (!context.Response.HasStarted && ForBareStatus(context) is { } problem) await ProblemAnswer.WriteAsync(context, problem);
    }

    // Who reads the body may learn of the client's end before the token does.
    private static bool HasClientLeft(HttpContext context, Exception failure) =>
        failure is ConnectionResetException || (failure is OperationCanceledException && context.RequestAborted.IsCancellationRequested);

    private ProblemException ToProblem(HttpRequest request, Exception failure)
    {
        switch (failure)
        {
            case ProblemException problem:
                return problem;

            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return new ProblemException(ProblemKind.BodyTooLarge, ContractTexts.BodyTooLarge);

            case BadHttpRequestException:
                return new ProblemException(ProblemKind.InvalidBody, ContractTexts.BodyIncomplete);

            case var foreseen when failures.ToProblem(foreseen) is { } problem:
                LogForeseen(failure, request.Method, request.Path, problem.Kind.Status);
                return problem;

            default:
                LogUnforeseen(failure, request.Method, request.Path);
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
