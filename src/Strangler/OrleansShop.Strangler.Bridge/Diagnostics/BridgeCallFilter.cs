using OrleansShop.ServiceDefaults.Problems;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.Strangler.Bridge.Diagnostics;

/// <summary>Answers what the work throws, and measures every call.</summary>
internal sealed partial class BridgeCallFilter(BridgeMetrics metrics, TimeProvider time, ILogger<BridgeCallFilter> logger) : IEndpointFilter
{
    private static readonly TimeSpan MisfitRetryAfter = TimeSpan.FromSeconds(5);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var operation = context.HttpContext.Request.Path.Value ?? "";
        var start = time.GetTimestamp();
        var outcome = "failed";
        try
        {
            var answer = await next(context);
            outcome = "done";
            return answer;
        }
        catch (BridgeRefusedException refused)
        {
            outcome = "refused";
            LogRefused(logger, operation, refused.Reason, refused.Message);
            return new ProblemAnswer(KindOf(refused.Reason).At(refused.Message, time), Refusal: refused.Reason);
        }
        catch (BridgeUnavailableException unavailable)
        {
            outcome = "unavailable";
            LogUnavailable(logger, operation, unavailable.Message, unavailable.InnerException);
            return new ProblemAnswer(ProblemKinds.Unavailable.At(unavailable.Message, time), RetryAfter: unavailable.RetryAfter);
        }
        catch (CapabilityConfigurationException misfit)
        {
            outcome = "unavailable";
            LogUnavailable(logger, operation, misfit.Message, exception: null);
            return new ProblemAnswer(
                ProblemKinds.Unavailable.At("The monolith's database lacks tables or columns that the capabilities name; the bridge's log lists them.", time),
                RetryAfter: MisfitRetryAfter);
        }
        finally
        {
            metrics.Record(operation, outcome, time.GetElapsedTime(start));
        }
    }

    private static ProblemKind KindOf(BridgeRefusal reason) => reason switch
    {
        BridgeRefusal.Invalid => ProblemKinds.InvalidBody,
        BridgeRefusal.Unauthorized => ProblemKinds.Unauthorized,
        BridgeRefusal.ForeignKey or BridgeRefusal.Constraint or BridgeRefusal.NoSequence
            or BridgeRefusal.NotOwner or BridgeRefusal.StaleVersion or BridgeRefusal.StalePhase or BridgeRefusal.Schema => ProblemKinds.Conflict,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "This refusal has no status."),
    };

    [LoggerMessage(3300, LogLevel.Warning, "{Operation} is refused ({Reason}): {Detail}")]
    private static partial void LogRefused(ILogger logger, string operation, BridgeRefusal reason, string detail);

    [LoggerMessage(3301, LogLevel.Warning, "{Operation} cannot be served now: {Detail}")]
    private static partial void LogUnavailable(ILogger logger, string operation, string detail, Exception? exception);

    /// <summary>Written here and not thrown: the handler of exceptions would take the header away.</summary>
    private sealed record ProblemAnswer(Problem Problem, BridgeRefusal? Refusal = null, TimeSpan? RetryAfter = null) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (Refusal is { } reason)
            {
                httpContext.Response.Headers[BridgeWire.RefusalHeader] = reason.ToString();
            }

            return httpContext.Response.WriteProblemAsync(Problem, RetryAfter);
        }
    }
}
