using OrleansShop.Gateway.Diagnostics;
using OrleansShop.Gateway.Repair;
using OrleansShop.ServiceDefaults.Problems;
using Yarp.ReverseProxy.Forwarder;

namespace OrleansShop.Gateway.Forwarding;

/// <summary>
/// Sends a request to one of a backend's processes and relays the answer as it comes. A request that provably reached no process, or that only
/// reads, is sent to the next one; every other failure is answered with a problem, because a repeated write could take effect twice.
/// </summary>
internal sealed partial class RequestForwarding(
    IHttpForwarder forwarder,
    BackendConnections connections,
    ForwardedHeaders forwardedHeaders,
    ForwardingOptions options,
    GatewayMetrics metrics,
    TimeProvider time,
    ILogger<RequestForwarding> logger)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly ForwarderRequestConfig _config = new()
    {
        ActivityTimeout = options.ActivityTimeout,
        // The answer is compressed while it passes; without buffering every piece would be compressed and flushed on its own.
        AllowResponseBuffering = true,
    };

    /// <summary>The transform for requests whose path stays as it is.</summary>
    public BackendTransform Transform { get; } = new(forwardedHeaders);

    /// <param name="http">The request.</param>
    /// <param name="backend">Whose processes may get it.</param>
    /// <param name="transform">What changes on the way.</param>
    /// <param name="preferred">The index of the process to try first, if it is ready.</param>
    public async Task<ForwardingOutcome> ForwardAsync(HttpContext http, Backend backend, HttpTransformer transform, int preferred = Backend.NonePreferred)
    {
        var tried = 0UL;
        while (backend.Pick(ref tried, preferred) is { } destination)
        {
            if (await SendAsync(http, destination, transform) == ForwarderError.None)
            {
                return OutcomeOf(http);
            }

            var failure = http.GetForwarderErrorFeature()!;
            if (http.RequestAborted.IsCancellationRequested || http.Response.HasStarted)
            {
                // The client is gone or has part of the answer; the forwarder has cut the connection, which is all that can still be said.
                LogBrokenOff(logger, http.Request.Method, backend.Name, destination.Prefix, failure.Error, failure.Exception);
                return ForwardingOutcome.Answered;
            }

            metrics.ForwardingFailed(backend.Name, failure.Error);
            LogFailed(logger, http.Request.Method, backend.Name, destination.Prefix, failure.Error, failure.Exception);
            if (WasNeverConnected(failure))
            {
                destination.IsReady = false;
            }

            if (!MayBeRepeated(http.Request, failure) || tried == AllOf(backend))
            {
                await AnswerAsync(http, backend, failure);
                return ForwardingOutcome.Answered;
            }

            http.Features.Set<IForwarderErrorFeature>(null);
            http.Response.Clear();
        }

        throw new InvalidOperationException($"The backend {backend.Name} has no process.");
    }

    /// <summary>Answers a request whose body could not be read to its end by what the client did wrong.</summary>
    public Task AnswerFaultAsync(HttpContext http, BadHttpRequestException fault)
    {
        http.Response.Headers.Connection = "close";
        return http.Response.WriteProblemAsync((ProblemKinds.ForStatus(fault.StatusCode) ?? ProblemKinds.BadRequest).At(fault.Message, time));
    }

    private static ForwardingOutcome OutcomeOf(HttpContext http)
    {
        var response = http.Response;
        if (response.StatusCode >= StatusCodes.Status500InternalServerError && !response.HasStarted && http.Features.Get<RepeatableRequest>() is { HasKept: true })
        {
            return ForwardingOutcome.ServerError;
        }

        if (response.StatusCode != StatusCodes.Status421MisdirectedRequest || response.HasStarted)
        {
            return ForwardingOutcome.Answered;
        }

        response.Clear();
        return ForwardingOutcome.Misdirected;
    }

    private async ValueTask<ForwarderError> SendAsync(HttpContext http, Destination destination, HttpTransformer transform)
    {
        destination.BeginRequest();
        try
        {
            return await forwarder.SendAsync(http, destination.Prefix, connections.Client, _config, transform, CancellationToken.None);
        }
        finally
        {
            destination.EndRequest();
        }
    }

    private static ulong AllOf(Backend backend) => ulong.MaxValue >> (Backend.MaxDestinations - backend.Destinations.Length);

    private static bool WasNeverConnected(IForwarderErrorFeature failure) => failure.Exception?.InnerException is ConnectFailedException;

    private static bool MayBeRepeated(HttpRequest request, IForwarderErrorFeature failure) =>
        WasNeverConnected(failure)
        || (failure.Error == ForwarderError.Request && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)));

    private Task AnswerAsync(HttpContext http, Backend backend, IForwarderErrorFeature failure)
    {
        http.Response.Clear();
        if (RequestFault.Find(failure.Exception) is { } fault)
        {
            return AnswerFaultAsync(http, fault);
        }

        if (failure.Error is ForwarderError.RequestBodyClient)
        {
            return AnswerFaultAsync(http, new BadHttpRequestException("The request body cannot be read: its framing is malformed."));
        }

        if (WasNeverConnected(failure))
        {
            return http.Response.WriteProblemAsync(
                ProblemKinds.Unavailable.At($"The {backend.Name} backend cannot be reached. The request was not executed and may be repeated.", time), RetryAfter);
        }

        if (failure.Error is ForwarderError.RequestTimedOut)
        {
            return http.Response.WriteProblemAsync(ProblemKinds.GatewayTimeout.At(
                $"The {backend.Name} backend did not answer within {options.ActivityTimeout.TotalSeconds} s. Whether the request took effect is unknown.", time));
        }

        return http.Response.WriteProblemAsync(ProblemKinds.BadGateway.At(
            $"The {backend.Name} backend broke off the exchange. Whether the request took effect is unknown.", time));
    }
}
