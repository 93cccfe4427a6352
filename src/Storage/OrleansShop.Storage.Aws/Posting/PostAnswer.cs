using System.Buffers;
using System.Net;

namespace OrleansShop.Storage.Aws.Posting;

/// <summary>What a service answered. Its body is valid until it is disposed.</summary>
/// <param name="status">The status of HTTP.</param>
/// <param name="fault">The header <c>x-amzn-query-error</c>; null if there is none.</param>
/// <param name="date">The service's clock; null if it does not say.</param>
/// <param name="buffer">Rented; holds the body.</param>
/// <param name="length">How much of <paramref name="buffer"/> is the body.</param>
internal sealed class PostAnswer(HttpStatusCode status, string? fault, DateTimeOffset? date, byte[] buffer, int length) : IDisposable
{
    private byte[]? _buffer = buffer;

    public HttpStatusCode Status => status;

    public bool IsSuccess => status == HttpStatusCode.OK;

    public string? QueryFault => fault;

    public DateTimeOffset? Date => date;

    public ReadOnlyMemory<byte> Body => new(_buffer ?? throw new ObjectDisposedException(nameof(PostAnswer)), 0, length);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } rented) ArrayPool<byte>.Shared.Return(rented);
    }
}
