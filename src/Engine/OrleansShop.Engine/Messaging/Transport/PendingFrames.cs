using System.Buffers;
using System.Buffers.Binary;

namespace OrleansShop.Engine.Messaging.Transport;

/// <summary>
/// Frames on their way out of one connection: senders append under a short lock, one flush at a time takes all that is there.
/// </summary>
/// <remarks>Hot path: one copy and one lock per frame, nothing allocated; two rented buffers that swap.</remarks>
internal sealed class PendingFrames(int maxBytes)
{
    private const int RestingBytes = 16 * 1024;

    // Responses may exceed the limit, since refusing one would leave its caller waiting; a peer that reads nothing at all may not.
    private const int UnlimitedTimes = 4;

    private readonly Lock _gate = new();

    // The fields below are guarded by _gate, but for _leaving and its content, which belong to the running flush.
    private byte[] _waiting = [];
    private int _count;
    private byte[] _leaving = [];
    private bool _flushing;
    private bool _closing;
    private bool _closed;

    /// <summary>Appends a frame. If <paramref name="mustFlush"/> comes back true, the caller has to see to a flush.</summary>
    public SendOutcome Append(ReadOnlySpan<byte> frame, bool isLimited, out bool mustFlush)
    {
        mustFlush = false;
        lock (_gate)
        {
            if (_closing || _closed)
                return SendOutcome.Closed;

            // One frame always fits, else a frame longer than the limit could never be sent.
            if (_count > 0 && (long)_count + frame.Length > (isLimited ? maxBytes : (long)maxBytes * UnlimitedTimes))
                return SendOutcome.Full;
            var needed = checked(_count + FrameBuffer.PrefixBytes + frame.Length);
            if (needed > _waiting.Length)
                Grow(needed);

            BinaryPrimitives.WriteUInt32LittleEndian(_waiting.AsSpan(_count), (uint)frame.Length);
            frame.CopyTo(_waiting.AsSpan(_count + FrameBuffer.PrefixBytes));
            _count = needed;

            if (_flushing)
                return SendOutcome.Taken;
            _flushing = mustFlush = true;
            return SendOutcome.Taken;
        }
    }

    /// <summary>Takes all that waits. The bytes stay valid until the next call. False ends the flush: nothing waits.</summary>
    public bool TakeAll(out ReadOnlyMemory<byte> bytes, out bool closeNow)
    {
        lock (_gate)
        {
            if (_count == 0 || _closed)
            {
                _flushing = false;
                closeNow = _closing && !_closed;
                ReleaseWhenIdle();
                bytes = default;
                return false;
            }

            (_waiting, _leaving) = (_leaving, _waiting);
            bytes = _leaving.AsMemory(0, _count);
            _count = 0;
            closeNow = false;
            return true;
        }
    }

    /// <summary>Takes no more frames. True if nothing waits and no flush runs, so that the connection can close now.</summary>
    public bool CloseAfterFlush()
    {
        lock (_gate)
        {
            _closing = true;
            return !_flushing && !_closed;
        }
    }

    /// <summary>Takes no more frames and forgets those that wait.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            _closed = true;
            _count = 0;
            if (!_flushing)
                ReleaseWhenIdle();
        }
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(RestingBytes, _waiting.Length * 2)));
        _waiting.AsSpan(0, _count).CopyTo(larger);
        if (_waiting.Length > 0)
            ArrayPool<byte>.Shared.Return(_waiting);
        _waiting = larger;
    }

    private void ReleaseWhenIdle()
    {
        // A burst must not hold its buffers for ever; ordinary traffic keeps its own.
        if (_closed || _leaving.Length > 16 * RestingBytes)
            Return(ref _leaving);
        if (_closed || _waiting.Length > 16 * RestingBytes)
            Return(ref _waiting);
    }

    private static void Return(ref byte[] bytes)
    {
        if (bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
    }
}
