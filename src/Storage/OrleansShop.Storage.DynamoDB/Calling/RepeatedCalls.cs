using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace OrleansShop.Storage.DynamoDB.Calling;

/// <summary>
/// Calls to DynamoDB that are repeated while it throttles or cannot be reached, with pauses that are drawn at random so that many callers do not come
/// back at the same moment. Thread-safe. Nobody's thread waits meanwhile.
/// </summary>
/// <remarks>
/// A try whose answer was lost may have done its work. Whoever writes sees to it that the next try notices: by a condition and a token of the write.
/// </remarks>
/// <param name="place">Where DynamoDB is, for messages.</param>
/// <param name="time">Pauses and time limits.</param>
/// <param name="logger">Where repeated calls are reported.</param>
/// <param name="draw">Draws evenly from 0 up to 1; null for the system's own source.</param>
internal sealed partial class RepeatedCalls(string place, TimeProvider time, ILogger logger, Func<double>? draw = null)
{
    // One warning a call, when it is no passing thing any more.
    private const int AttemptsBeforeWarning = 5;

    private readonly Func<double> _draw = draw ?? (static () => RandomNumberGenerator.GetInt32(1 << 20) / (double)(1 << 20));

    public string Place => place;

    /// <summary>Sends until there is an answer that repeating would not change.</summary>
    /// <param name="operation">The name of the operation in the API, such as <c>UpdateItem</c>.</param>
    /// <param name="table">The table that it is about.</param>
    /// <param name="policy">How long.</param>
    /// <param name="send">Sends once. Called again for each try.</param>
    /// <param name="cancellationToken">Ends the tries.</param>
    /// <exception cref="DynamoDBTableException">The table is missing, the credentials may not do this, or <paramref name="policy"/> says to give up.</exception>
    public async Task<T> SendAsync<T>(string operation, string table, CallPolicy policy, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var failure = await TryAsync(operation, table, policy, send, cancellationToken).ConfigureAwait(false);
            if (failure.Cause is not { } cause) return failure.Answer!;

            var pause = Pause(policy, attempt);
            var elapsed = time.GetElapsedTime(started);
            if (elapsed + pause >= policy.GiveUpAfter)
            {
                throw new DynamoDBTableException(
                    $"{operation} on the DynamoDB table \"{table}\" at {place} failed {attempt} times in {elapsed.TotalSeconds:F1} s and is given up; the last failure was {cause.GetType().Name}: {cause.Message}", cause)
                { MayPass = true };
            }

            if (attempt == AttemptsBeforeWarning) LogStillFailing(cause, operation, table, place, attempt, policy.GiveUpAfter - elapsed);
            else LogRepeated(cause.Message, operation, table, place, attempt, pause);
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(T? Answer, Exception? Cause)> TryAsync<T>(
        string operation, string table, CallPolicy policy, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
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
        catch (Exception cause) when (!cancellationToken.IsCancellationRequested && Failures.MayPass(cause))
        {
            return (default, cause);
        }
        catch (Exception cause) when (Failures.Explain(cause, operation, table, place) is { } explained)
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
