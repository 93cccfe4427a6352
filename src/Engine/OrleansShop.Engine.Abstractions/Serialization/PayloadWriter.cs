using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OrleansShop.Engine.Serialization;

/// <summary>Writes fields into a growing buffer, and remembers what a payload's references and type numbers mean.</summary>
/// <remarks>
/// Not thread-safe. <see cref="Rent"/> one, write one payload, use <see cref="Written"/>, dispose it; the span is not valid after that.
/// Hot path: after warm-up a rented writer allocates nothing; a small field costs one bounds check and one store.
/// </remarks>
public sealed partial class PayloadWriter : IDisposable
{
    private const int InitialBytes = 512;
    private const int MostBytesKept = 256 * 1024;

    [ThreadStatic]
    private static IdleWriter? t_idle;

    private readonly IdleWriter _home;
    private readonly ReferenceTable<int> _references = new();
    private byte[] _buffer = new byte[InitialBytes];
    private int _position;
    private int _depth;
    private int _maxDepth = PayloadLimits.Default.MaxDepth;
    private bool _rented;

    private PayloadWriter(IdleWriter home)
    {
        _home = home;
    }

    /// <summary>The codecs that the payload is written with.</summary>
    public ICodecProvider Codecs { get; private set; } = null!;

    /// <summary>The limits that hold for the payload.</summary>
    public PayloadLimits Limits { get; private set; } = PayloadLimits.Default;

    /// <summary>How many bytes were written.</summary>
    public int Length => _position;

    /// <summary>The bytes written so far. Valid until the next write and until the writer is disposed.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _position);

    /// <summary>The bytes written so far. Valid until the next write and until the writer is disposed.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, _position);

    /// <summary>Returns an empty writer, usually one that this thread used before.</summary>
    /// <param name="codecs">The codecs to write with.</param>
    /// <param name="limits">The limits that hold; <see cref="PayloadLimits.Default"/> if null.</param>
    public static PayloadWriter Rent(ICodecProvider codecs, PayloadLimits? limits = null)
    {
        var home = t_idle ??= new IdleWriter();
        var writer = home.Writer ?? new PayloadWriter(home);
        home.Writer = null;
        limits ??= PayloadLimits.Default;
        writer._rented = true;
        writer.Codecs = codecs;
        if (writer.Limits != (object)limits) writer.Adopt(limits);
        return writer;
    }

    /// <summary>Gives the writer back. It must not be used after that.</summary>
    public void Dispose()
    {
        if (!_rented) return;
        _rented = false;
        Reset();
        Codecs = null!;
        if (_buffer.Length > MostBytesKept) _buffer = new byte[InitialBytes];
        _home.Writer = this;
    }

    /// <summary>Forgets what was written, to write another payload.</summary>
    public void Reset()
    {
        _position = 0;
        BeginPayload();
    }

    /// <summary>Starts another payload behind what was written: references and type numbers begin anew.</summary>
    public void BeginPayload()
    {
        _depth = 0;
        if (_references.Count != 0) _references.Clear();
        if (_typeCount != 0) ForgetTypes();
    }

    /// <summary>Returns a copy of the bytes written so far.</summary>
    public byte[] ToArray() => Written.ToArray();

    /// <summary>Writes bytes as they are, outside any field: for headers, and inside of <see cref="WireType.Bytes"/> fields whose length was written.</summary>
    public void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
    }

    /// <summary>Writes an unsigned variable-length integer as it is, outside any field.</summary>
    public void WriteRawVarInt(ulong value)
    {
        Ensure(VarInt.MostBytes);
        _position += VarInt.Write(ref At(_position), value);
    }

    /// <summary>Takes the next <paramref name="count"/> bytes to be filled in at once or, by <see cref="Patch"/>, later.</summary>
    public Span<byte> Reserve(int count)
    {
        Ensure(count);
        var span = _buffer.AsSpan(_position, count);
        _position += count;
        return span;
    }

    /// <summary>Returns bytes that were written before, to be overwritten.</summary>
    public Span<byte> Patch(int position, int count) => _buffer.AsSpan(0, _position).Slice(position, count);

    /// <summary>Copies the bytes written so far.</summary>
    public void CopyTo(IBufferWriter<byte> destination) => destination.Write(Written);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte At(int position) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buffer), position);

    /// <summary>Makes room, so that the next <paramref name="count"/> bytes can be written without a check.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Ensure(int count)
    {
        if ((uint)count > (uint)(_buffer.Length - _position)) Grow(count);
    }

    // Nearly always the limits are those of the last time.
    private void Adopt(PayloadLimits limits)
    {
        Limits = limits;
        _maxDepth = limits.MaxDepth;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count)
    {
        var needed = (long)_position + (uint)count;
        if (needed > Limits.MaxPayloadBytes)
        {
            throw new PayloadException(
                $"The payload would be larger than {Limits.MaxPayloadBytes} bytes: {_position} are written and up to {(uint)count} are to follow.");
        }

        var larger = GC.AllocateUninitializedArray<byte>((int)Math.Min(Math.Max(needed, 2L * _buffer.Length), Array.MaxLength));
        _buffer.AsSpan(0, _position).CopyTo(larger);
        _buffer = larger;
    }

    /// <summary>
    /// The place of a thread's idle writer. The writer knows it, so that giving it back needs no look at the thread's statics, which
    /// costs about as much as writing a field. On whichever thread that happens: two writers given back at once lose one of them, no more.
    /// </summary>
    private sealed class IdleWriter
    {
        public PayloadWriter? Writer;
    }
}
