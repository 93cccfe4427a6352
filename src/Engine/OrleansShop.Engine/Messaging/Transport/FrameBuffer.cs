using System.Buffers;
using System.Buffers.Binary;

namespace OrleansShop.Engine.Messaging.Transport;

/// <summary>
/// The bytes received on one connection that do not yet make a whole frame. A frame is a length of four bytes,
/// little-endian, and that many bytes. Frames are handed on in place; nothing is copied but an incomplete rest.
/// </summary>
/// <remarks>Hot path: no allocation per frame; one rented buffer per connection, grown to the largest frame and shrunk after it.</remarks>
internal sealed class FrameBuffer
{
    /// <summary>The size of a frame's length.</summary>
    public const int PrefixBytes = sizeof(uint);

    private const int RestingBytes = 16 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(RestingBytes);
    private int _start;
    private int _end;

    /// <summary>Where the next bytes received go; never empty.</summary>
    public Memory<byte> Free => _bytes.AsMemory(_end);

    /// <summary>Adds bytes that did not come through <see cref="Free"/>.</summary>
    public void Append(ReadOnlySpan<byte> received)
    {
        if (_bytes.Length - _end < received.Length)
            Resize(Math.Max(_bytes.Length * 2, _end - _start + received.Length));
        received.CopyTo(_bytes.AsSpan(_end));
        _end += received.Length;
    }

    /// <summary>Hands every whole frame to <paramref name="receiver"/> after <paramref name="count"/> more bytes were put into <see cref="Free"/>.</summary>
    /// <exception cref="FrameTooLongException">A frame says that it is longer than the receiver accepts.</exception>
    public void Deliver(int count, IFrameReceiver receiver)
    {
        _end += count;
        var missing = 0;
        while (_end - _start >= PrefixBytes)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(_start));
            if (length > (uint)receiver.MaxFrameBytes)
                throw new FrameTooLongException(length, receiver.MaxFrameBytes);

            missing = (int)length - (_end - _start - PrefixBytes);
            if (missing > 0)
                break;

            var offset = _start + PrefixBytes;
            _start = offset + (int)length;
            receiver.Received(_bytes, offset, (int)length);
        }

        MakeRoom(missing);
    }

    /// <summary>Gives the buffer back; nothing is received any more.</summary>
    public void Release()
    {
        var bytes = _bytes;
        _bytes = [];
        _start = _end = 0;
        if (bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(bytes);
    }

    private void MakeRoom(int missing)
    {
        if (_start == _end)
        {
            _start = _end = 0;
            if (_bytes.Length > 16 * RestingBytes)
                Resize(RestingBytes);
            return;
        }

        // A sender that announces a huge frame and sends nothing must cost little: the buffer at most doubles beyond what has arrived.
        var have = _end - _start;
        var wanted = have + Math.Max(Math.Min(missing, have), PrefixBytes);
        if (_bytes.Length - _start < wanted || _bytes.Length == _end)
            Resize(Math.Max(wanted, RestingBytes));
    }

    private void Resize(int size)
    {
        var have = _end - _start;
        if (size <= _bytes.Length && size >= RestingBytes && _bytes.Length <= 16 * RestingBytes)
        {
            Buffer.BlockCopy(_bytes, _start, _bytes, 0, have);
        }
        else
        {
            var larger = ArrayPool<byte>.Shared.Rent(size);
            Buffer.BlockCopy(_bytes, _start, larger, 0, have);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        _start = 0;
        _end = have;
    }
}
