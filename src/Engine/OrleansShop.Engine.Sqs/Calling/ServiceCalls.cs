using OrleansShop.Storage.Aws.Calling;
using OrleansShop.Storage.Aws.Posting;

namespace OrleansShop.Engine.Sqs.Calling;

/// <summary>Calls of one service: signed, repeated, counted, and with its errors typed. Thread-safe.</summary>
internal sealed class ServiceCalls(CalledService service, SignedPosts posts, RepeatedCalls calls, IWireProtocol protocol, CallMetrics metrics, TimeProvider time) : IDisposable
{
    public CalledService Service => service;

    public CallMetrics Metrics => metrics;

    /// <summary>Where the service is, for messages.</summary>
    public string Place => calls.Place;

    /// <summary>Calls until there is an answer that repeating would not change.</summary>
    /// <param name="operation">The name of the operation in the API.</param>
    /// <param name="target">The queue or topic.</param>
    /// <param name="payload">The request.</param>
    /// <param name="policy">How long.</param>
    /// <param name="read">Reads a success. Throws <see cref="InvalidAnswer"/> if it is none.</param>
    /// <param name="cancellationToken">Ends the tries.</param>
    /// <exception cref="SqsException">The service refuses it, or cannot be reached.</exception>
    public Task<T> CallAsync<T>(
        string operation, string target, ReadOnlyMemory<byte> payload, CallPolicy policy, Func<ReadOnlyMemory<byte>, T> read, CancellationToken cancellationToken) =>
        RepeatAsync(operation, target, policy, token => PostAsync(operation, payload, read, token), cancellationToken);

    /// <summary>Repeats what the caller sends by <see cref="PostAsync"/>.</summary>
    public Task<T> RepeatAsync<T>(string operation, string target, CallPolicy policy, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken) =>
        calls.SendAsync(operation, target, policy, send, cancellationToken);

    /// <summary>Calls once; a second time if the clock was wrong, and is right now.</summary>
    public async Task<T> PostAsync<T>(string operation, ReadOnlyMemory<byte> payload, Func<ReadOnlyMemory<byte>, T> read, CancellationToken cancellationToken)
    {
        for (var isSecond = false; ; isSecond = true)
        {
            var started = time.GetTimestamp();
            var outcome = "failed";
            try
            {
                using var answer = await posts.SendAsync(protocol.ContentType, protocol.OperationHeader(operation), payload, cancellationToken).ConfigureAwait(false);
                if (answer.IsSuccess)
                {
                    var result = read(answer.Body);
                    outcome = "ok";
                    return result;
                }

                var fault = protocol.ReadFault(answer);
                outcome = fault.Code;
                if (isSecond || !FaultCodes.IsOfClock(fault) || !posts.CorrectClock(answer.Date)) throw fault;
            }
            catch (Exception failure) when (failure is not ServiceFault)
            {
                outcome = failure is OperationCanceledException ? "cancelled" : failure.GetType().Name;
                throw;
            }
            finally
            {
                metrics.CountCall(operation, outcome, time.GetElapsedTime(started));
            }
        }
    }

    public void Dispose()
    {
        posts.Dispose();
        metrics.Dispose();
    }
}
