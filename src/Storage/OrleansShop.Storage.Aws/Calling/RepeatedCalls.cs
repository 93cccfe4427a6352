using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace OrleansShop.Storage.Aws.Calling;

/// <summary>
/// Calls to a service of AWS that are repeated while it throttles or cannot be reached, with pauses that are drawn at random so that many callers do not
/// come back at the same moment. Thread-safe. Nobody's thread waits meanwhile.
/// </summary>
/// <remarks>
/// A try whose answer was lost may have done its work. Whoever writes sees to it that the next try notices, or that doing it twice does no harm.
/// </remarks>
/// <param name="service">Which failures pass, and what the others mean.</param>
/// <param name="place">Where the service is, for messages.</param>
/// <param name="time">Pauses and time limits.</param>
/// <param name="logger">Where repeated calls are reported.</param>
/// <param name="draw">Draws evenly from 0 up to 1; null for the system's own source.</param>
internal sealed partial class RepeatedCalls(ICalledService service, string place, TimeProvider time, ILogger logger, Func<double>? draw = null)
{
    // One warning a call, when it is no passing thing any more.
    private const int AttemptsBeforeWarning = 5;

    private readonly Func<double> _draw = draw ?? (static () => RandomNumberGenerator.GetInt32(1 << 20) / (double)(1 << 20));

    public string Place => place;

    /// <summary>Sends until there is an answer that repeating would not change.</summary>
    /// <param name="operation">The name of the operation in the API, such as <c>UpdateItem</c>.</param>
    /// <param name="target">What it is about, such as a table or a queue.</param>
    /// <param name="policy">How long.</param>
    /// <param name="send">Sends once. Called again for each try.</param>
    /// <param name="cancellationToken">Ends the tries.</param>
    public async Task<T> SendAsync<T>(string operation, string target, CallPolicy policy, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var failure = await TryAsync(operation, target, policy, send, cancellationToken).ConfigureAwait(false);
            if (failure.Cause is not { } cause) return failure.Answer!;

            var pause = Pause(policy, attempt);
            var elapsed = time.GetElapsedTime(started);
            if (elapsed + pause >= policy.GiveUpAfter)
            {
                throw service.GivenUp(
                    $"{operation} on {service.Describe(target)} at {place} failed {attempt} times in {elapsed.TotalSeconds:F1} s and is given up; the last failure was {cause.GetType().Name}: {cause.Message}", cause);
            }

            if (attempt == AttemptsBeforeWarning) LogStillFailing(cause, operation, service.Describe(target), place, attempt, policy.GiveUpAfter - elapsed);
            else LogRepeated(cause.Message, operation, service.Describe(target), place, attempt, pause);
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(T? Answer, Exception? Cause)> TryAsync<T>(
        string operation, string target, CallPolicy policy, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(policy.AttemptTimeout, time);
        using var either = cancellationToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken) : null;
        try
        {
            return (await send((either ?? limit).Token).ConfigureAwait(false), null);
        }
        catch (OperationCanceledException cause) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (default, new TimeoutException($"no answer within {policy.AttemptTimeout}", cause));
        }
        catch (Exception cause) when (!cancellationToken.IsCancellationRequested && service.MayPass(cause))
        {
            return (default, cause);
        }
        catch (Exception cause) when (service.Explain(cause, operation, target, place) is { } explained)
        {
            throw explained;
        }
    }

    private TimeSpan Pause(CallPolicy policy, int attempt)
    {
        var bound = policy.FirstPause * Math.Pow(2, Math.Min(attempt - 1, 20));
        return (bound < policy.LongestPause ? bound : policy.LongestPause) * _draw();
    }
}
