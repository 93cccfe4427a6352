using Microsoft.AspNetCore.Http;

namespace OrleansShop.ServiceDefaults.Limits;

/// <summary>A request body that ends with a 413 when it turns out longer than the limit. Read-only and forward-only, as request bodies are.</summary>
internal sealed class CountedBody(Stream body, long limit) : ForwardOnlyStream
{
    private long _count;

    /// <summary>Whether more than the limit has come.</summary>
    public bool IsExceeded => _count > limit;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await body.ReadAsync(buffer, cancellationToken));

    public override int Read(byte[] buffer, int offset, int count) => Count(body.Read(buffer, offset, count));

    private int Count(int read)
    {
        _count += read;
        return IsExceeded
            ? throw new BadHttpRequestException($"The request body is longer than the limit of {limit} bytes.", StatusCodes.Status413PayloadTooLarge)
            : read;
    }
}
