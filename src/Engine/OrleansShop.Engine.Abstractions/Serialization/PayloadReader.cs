using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OrleansShop.Engine.Serialization;

/// <summary>Reads fields out of a buffer, and remembers what a payload's references and type numbers mean.</summary>
/// <remarks>
/// Not thread-safe. <see cref="Rent(ICodecProvider, byte[], int, int, PayloadLimits)"/> one for one payload and dispose it. Nothing
/// about the bytes is trusted: whatever they are, the outcome is a value or a <see cref="PayloadException"/>.
/// Hot path: a small field costs one bounds check; the reader itself allocates nothing after warm-up.
/// </remarks>
public sealed partial class PayloadReader : IDisposable
{
    [ThreadStatic]
    private static IdleReader? t_idle;

    private readonly IdleReader _home;

    // Null while the reader is idle: nothing is read then, because the end is where the start is.
    private byte[] _buffer = null!;
    private int _start;
    private int _position;
    private int _end;
    private int _depth;
    private int _maxDepth = PayloadLimits.Default.MaxDepth;
    private bool _rented;

    // The sum of all counts so far.
    private long _announced;

    // How many comparisons its keys are known to have cost.
    private long _comparisons;

    private PayloadReader(IdleReader home)
    {
        _home = home;
    }

    /// <summary>The codecs that the payload is read with.</summary>
    public ICodecProvider Codecs { get; private set; } = null!;

    /// <summary>The limits that hold for the payload.</summary>
    public PayloadLimits Limits { get; private set; } = PayloadLimits.Default;

    /// <summary>How many bytes were read.</summary>
    public int Position => _position - _start;

    /// <summary>How many bytes are left. Nothing that is counted in the payload can have more elements than this.</summary>
    public int Remaining => _end - _position;

    /// <summary>Returns a reader of the bytes, usually one that this thread used before. They must not change until it is disposed.</summary>
    public static PayloadReader Rent(ICodecProvider codecs, byte[] buffer, int offset, int count, PayloadLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)offset, (uint)buffer.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(buffer.Length - offset));

        var home = t_idle ??= new IdleReader();
        var reader = home.Reader ?? new PayloadReader(home);
        home.Reader = null;
        limits ??= PayloadLimits.Default;
        reader._rented = true;
        reader._buffer = buffer;
        reader._start = reader._position = offset;
        reader._end = offset + count;
        reader._depth = 0;
        reader._announced = 0;
        reader._comparisons = 0;
        reader.Codecs = codecs;
        if (reader.Limits != (object)limits) reader.Adopt(limits);
        return reader;
    }

    /// <summary>Returns a reader of the bytes. They are copied only if they are not in an array.</summary>
    public static PayloadReader Rent(ICodecProvider codecs, ReadOnlyMemory<byte> payload, PayloadLimits? limits = null)
    {
        if (!MemoryMarshal.TryGetArray(payload, out var array)) array = new ArraySegment<byte>(payload.ToArray());
        return Rent(codecs, array.Array!, array.Offset, array.Count, limits);
    }

    /// <summary>Gives the reader back. It must not be used after that.</summary>
    public void Dispose()
    {
        if (!_rented) return;
        _rented = false;
        ForgetObjects();
        ForgetTypes();
        _buffer = null!;
        _start = _position = _end = 0;
        Codecs = null!;
        _home.Reader = this;
    }

    /// <summary>Starts another payload behind what was read: references and type numbers begin anew.</summary>
    public void BeginPayload()
    {
        _depth = 0;
        ForgetObjects();
        ForgetTypes();
    }

    /// <summary>Reads the next field's tag. Returns false if there is none because the object ends here.</summary>
    /// <exception cref="PayloadException">The bytes are no tag.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadField(out FieldTag tag)
    {
        var position = _position;
        if (position < _end)
        {
            uint first = At(position);
            var delta = first & FieldTag.LongDelta;
            if (first < WireMark.End && delta != FieldTag.LongDelta)
            {
                _position = position + 1;
                tag = new FieldTag((WireType)(first >> 5), delta);
                return true;
            }
        }

        return TryReadUncommonField(out tag);
    }

    /// <summary>
    /// Reads the next field's tag if its id comes <paramref name="idDelta"/> after that of the field before it and its type is not said.
    /// If not, returns false and reads nothing: <see cref="TryReadField"/> knows what is there.
    /// </summary>
    /// <remarks>Hot path: codecs expect the fields in the order in which they write them, and need neither loop nor switch while that is so.</remarks>
    /// <param name="idDelta">What is expected. Deltas that take more than one byte are never found.</param>
    /// <param name="tag">The tag.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadNext(uint idDelta, out FieldTag tag)
    {
        var position = _position;
        if (position < _end)
        {
            uint first = At(position);
            if (first < WireMark.End)
            {
                tag = new FieldTag((WireType)(first >> 5), idDelta);
                if (idDelta >= FieldTag.LongDelta || (first & FieldTag.LongDelta) != idDelta) return false;
                _position = position + 1;
                return true;
            }

            if (idDelta < WireMark.FarPacked - WireMark.Packed && first == WireMark.Packed + idDelta)
            {
                tag = new FieldTag(WireType.PackedObject, idDelta);
                _position = position + 1;
                return true;
            }
        }

        tag = default;
        return false;
    }

    /// <summary>Reads the end of an object if it is what comes next. If not, returns false and reads nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadEnd()
    {
        var position = _position;
        if (position >= _end || At(position) != WireMark.End) return false;
        _position = position + 1;
        _depth--;
        return true;
    }

    /// <summary>Reads the tag of a field that has to be there, such as the only one of a payload.</summary>
    /// <exception cref="PayloadException">There is none.</exception>
    public FieldTag ReadTag()
    {
        if (!TryReadField(out var tag)) throw Fault("a field was expected and an end was found");
        return tag;
    }

    /// <summary>Reads bytes as they are, outside any field. The span is valid until the reader is disposed.</summary>
    /// <exception cref="PayloadException">There are not that many.</exception>
    public ReadOnlySpan<byte> ReadRaw(int count)
    {
        if ((uint)count > (uint)Remaining) ThrowTruncated();
        var span = _buffer.AsSpan(_position, count);
        _position += count;
        return span;
    }

    /// <summary>Reads an unsigned variable-length integer as it is, outside any field.</summary>
    /// <exception cref="PayloadException">The bytes are not one.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadRawVarInt()
    {
        var position = _position;
        if (position < _end)
        {
            var first = At(position);
            if (first < 0x80)
            {
                _position = position + 1;
                return first;
            }
        }

        return ReadLongVarInt();
    }

    /// <summary>An exception that says where in the payload the fault is.</summary>
    public PayloadException Fault(string message) => new(Position, message);

    /// <summary>Counts comparisons of keys that collide in a hash table, or work of the same size.</summary>
    /// <exception cref="PayloadException">There are more than the limits allow for a payload of this size.</exception>
    internal void ChargeComparisons(long count)
    {
        const int PerByte = 16;
        _comparisons += count;
        var allowed = Limits.MaxKeyComparisons + PerByte * (long)(_end - _start);
        if (_comparisons > allowed)
        {
            throw Fault(
                $"its keys collide: they cost {_comparisons} comparisons and {allowed} are allowed for {_end - _start} bytes. " +
                $"Give the key type a hash that spreads, or raise {nameof(PayloadLimits)}.{nameof(PayloadLimits.MaxKeyComparisons)}");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte At(int position) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buffer), position);

    // Nearly always the limits are those of the last time.
    private void Adopt(PayloadLimits limits)
    {
        Limits = limits;
        _maxDepth = limits.MaxDepth;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong ReadLongVarInt()
    {
        ulong value = 0;
        var position = _position;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (position >= _end)
            {
                _position = position;
                ThrowTruncated();
            }

            ulong next = At(position++);
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                // The tenth byte holds one bit.
                if (shift == 63 && next > 1) break;
                _position = position;
                return value;
            }
        }

        _position = position;

        throw Fault("a variable-length integer is longer than 64 bits");
    }

    private uint ReadRawVarUInt32(string what)
    {
        var value = ReadRawVarInt();
        if (value > uint.MaxValue) throw Fault($"{what} is {value}, more than 32 bits");
        return (uint)value;
    }

    private bool TryReadUncommonField(out FieldTag tag)
    {
        var hasType = false;
        while (true)
        {
            if (_position >= _end) ThrowTruncated();
            uint first = At(_position++);
            if (first < WireMark.End)
            {
                var delta = first & FieldTag.LongDelta;
                if (delta == FieldTag.LongDelta) delta = checked(FieldTag.LongDelta + Math.Min(ReadRawVarUInt32("a field id"), uint.MaxValue - FieldTag.LongDelta));
                tag = new FieldTag((WireType)(first >> 5), delta, hasType);
                return true;
            }

            if (first is >= WireMark.Packed and <= WireMark.FarPacked)
            {
                var delta = first - WireMark.Packed;
                if (first == WireMark.FarPacked) delta += Math.Min(ReadRawVarUInt32("a field id"), uint.MaxValue - delta);
                tag = new FieldTag(WireType.PackedObject, delta, hasType);
                return true;
            }

            if (hasType) throw Fault("a type is said and no field follows");
            switch (first)
            {
                case WireMark.Type:
                    _fieldType = ReadTypeNumber();
                    hasType = true;
                    break;
                case WireMark.End:
                    _depth--;
                    tag = default;
                    return false;
                default:
                    throw Fault($"0x{first:X2} is not the beginning of a field");
            }
        }
    }

    [DoesNotReturn]
    private void ThrowTruncated() => throw Fault($"more bytes were expected and there are {Remaining}");

    /// <summary>The place of a thread's idle reader, known to the reader for the same reason as that of a writer.</summary>
    private sealed class IdleReader
    {
        public PayloadReader? Reader;
    }
}
