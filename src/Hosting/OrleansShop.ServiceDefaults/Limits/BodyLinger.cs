using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace OrleansShop.ServiceDefaults.Limits;

/// <summary>
/// Reads on for a moment after a body was refused. A client that sends before it listens would otherwise meet a closed connection, and its
/// operating system would throw the answer away with it.
/// </summary>
internal sealed class BodyLinger(TimeProvider time)
{
    /// <summary>What is read and dropped at most: enough for the uploads that people try by mistake.</summary>
    public const long MaxBytes = 32 * 1024 * 1024;

    private const int BufferBytes = 16_384;
    private static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(5);

    /// <summary>Sends the answer off and reads what is left of the body.</summary>
    public async Task AfterAsync(HttpContext http, Stream body)
    {
        await http.Response.CompleteAsync();
        if (http.Request.Headers.Expect.Count > 0)
        {
            // This client listens first: it has its answer and sends nothing more.
            return;
        }

        using var deadline = new CancellationTokenSource(MaxDuration, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, http.RequestAborted);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await body.ReadAsync(buffer, either.Token) > 0)
            {
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException)
        {
            // Too much, too slow or gone: the connection is closed, as it would have been at once.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
