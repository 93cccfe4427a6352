using System.Buffers;
using OrleansShop.ServiceDefaults.Limits;
using OrleansShop.Strangler;

namespace OrleansShop.Gateway.Repair;

/// <summary>
/// A request's body whose beginning has been read into memory. If that is all of it, it can be read again and again; if not, once, the rest coming from the client.
/// Reading and giving the memory back exclude each other: what copies a body may outlive the exchange that it belongs to.
/// </summary>
internal sealed class RepeatableBody : ForwardOnlyStream
{
    private readonly Lock _gate = new();
    private readonly Stream _rest;
    private readonly int _length;
    private readonly bool _isWhole;

    /// <summary>Guarded by <see cref="_gate"/>; null after the end.</summary>
    private byte[]? _beginning;

    /// <summary>Guarded by <see cref="_gate"/>.</summary>
    private int _position;

    private RepeatableBody(byte[] beginning, int length, Stream rest, bool isWhole)
    {
        _beginning = beginning;
        _length = length;
        _rest = rest;
        _isWhole = isWhole;
    }

    /// <summary>Whether the whole body is in memory.</summary>
    public bool IsWhole => _isWhole;

    /// <summary>Reads a body up to a limit.</summary>
    /// <param name="body">The client's.</param>
    /// <param name="expectedBytes">Its length, if the client has said it.</param>
    /// <param name="maxBytes">The most to keep.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    public static async Task<RepeatableBody> ReadAsync(Stream body, long? expectedBytes, int maxBytes, CancellationToken cancellationToken)
    {
        // One byte more than is to be kept tells whether there is more.
        var limit = maxBytes + 1;
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(limit, (expectedBytes ?? 4095) + 1));
        var length = 0;
        try
        {
            while (length < limit)
            {
                if (length == buffer.Length)
                {
                    buffer = Grown(buffer, limit);
                }

                var read = await body.ReadAsync(buffer.AsMemory(length, Math.Min(buffer.Length, limit) - length), cancellationToken);
                if (read == 0)
                {
                    return new RepeatableBody(buffer, length, body, isWhole: true);
                }

                length += read;
            }

            return new RepeatableBody(buffer, length, body, isWhole: false);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    /// <summary>Goes back to the beginning.</summary>
    public void Rewind()
    {
        Invariant.Holds(_isWhole, "only a body that is in memory as a whole is read again");
        lock (_gate)
        {
            _position = 0;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = ReadBeginning(buffer.Span);
        return read > 0 || _isWhole ? read : await _rest.ReadAsync(buffer, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        lock (_gate)
        {
            if (_beginning is { } beginning)
            {
                _beginning = null;
                ArrayPool<byte>.Shared.Return(beginning);
            }
        }

        base.Dispose(disposing);
    }

    private int ReadBeginning(Span<byte> target)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_beginning is null, this);
            var count = Math.Min(target.Length, _length - _position);
            _beginning.AsSpan(_position, count).CopyTo(target);
            _position += count;
            return count;
        }
    }

    private static byte[] Grown(byte[] buffer, int limit)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(limit, buffer.Length * 2L));
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
