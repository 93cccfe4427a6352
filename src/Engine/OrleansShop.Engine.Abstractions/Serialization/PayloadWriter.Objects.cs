using System.Runtime.CompilerServices;

namespace OrleansShop.Engine.Serialization;

public sealed partial class PayloadWriter
{
    private const int MostTagBytes = 6;

    private WireTypeName[] _types = [];
    private int _typeCount;

    /// <summary>Writes a field without a value.</summary>
    public void WriteNull(uint idDelta)
    {
        Ensure(MostTagBytes + 1);
        var position = PutTag(_position, WireType.Reference, idDelta);
        At(position) = 0;
        _position = position + 1;
    }

    /// <summary>
    /// Begins an object that can be referred to. Returns false if there is nothing more to write, because it is null or was written
    /// before; if true, the fields follow and then <see cref="WriteEnd"/>.
    /// </summary>
    public bool BeginObject(uint idDelta, object? value)
    {
        if (!TryMeet(idDelta, value)) return false;
        _position = PutTag(_position, WireType.Object, idDelta);
        Deeper();
        return true;
    }

    /// <summary>
    /// Writes the tag of a packed object, whose bytes <see cref="BeginPacked"/> begins. Returns false if there is nothing more to write,
    /// because it is null or was written before.
    /// </summary>
    internal bool BeginPackedObject(uint idDelta, object? value)
    {
        if (!TryMeet(idDelta, value)) return false;
        var position = _position;
        if (idDelta < WireMark.FarPacked - WireMark.Packed)
        {
            At(position) = (byte)(WireMark.Packed + idDelta);
            _position = position + 1;
        }
        else
        {
            At(position++) = WireMark.FarPacked;
            _position = position + VarInt.Write(ref At(position), idDelta - (WireMark.FarPacked - WireMark.Packed));
        }

        return true;
    }

    /// <summary>
    /// Begins an object that is written again wherever it stands. Returns false if it is null; if true, the fields follow and then
    /// <see cref="WriteEnd"/>.
    /// </summary>
    public bool BeginUntracked(uint idDelta, object? value)
    {
        if (value is null)
        {
            WriteNull(idDelta);
            return false;
        }

        BeginValue(idDelta);
        return true;
    }

    /// <summary>Begins a value. Its fields follow and then <see cref="WriteEnd"/>.</summary>
    public void BeginValue(uint idDelta)
    {
        Ensure(MostTagBytes);
        _position = PutTag(_position, WireType.Value, idDelta);
        Deeper();
    }

    /// <summary>Ends the innermost object or value, or the fields of the payload itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteEnd()
    {
        _depth--;
        Ensure(1);
        var position = _position;
        At(position) = WireMark.End;
        _position = position + 1;
    }

    /// <summary>Writes any object, and its runtime type in front of it: for fields whose declared type says nothing about their values.</summary>
    /// <exception cref="PayloadException">There is no codec for the type.</exception>
    public void WriteRuntimeTyped(uint idDelta, object? value) => WriteRuntimeTyped(idDelta, value, declared: null);

    internal void WriteRuntimeTyped(uint idDelta, object? value, Codec? declared)
    {
        if (value is null)
        {
            WriteNull(idDelta);
            return;
        }

        var codec = Codecs.GetForRuntimeType(value.GetType());
        if (codec == declared) throw new PayloadException($"There is no codec for {value.GetType()}, only for {codec.ValueType}, which it derives from.");
        WriteType(codec.ValueType);
        codec.WriteUntyped(this, idDelta, value);
    }

    /// <summary>Says the runtime type of the field that is written next.</summary>
    internal void WriteType(Type type)
    {
        Ensure(1 + VarInt.MostBytes);
        At(_position++) = WireMark.Type;
        WriteTypeNumber(type);
    }

    /// <summary>Writes a type outside any tag: odd numbers are well-known types, even ones count the names in this payload, 0 is a new name.</summary>
    internal void WriteTypeNumber(Type type)
    {
        for (var i = 0; i < _typeCount; i++)
        {
            if (_types[i].Type == type)
            {
                WriteRawVarInt((uint)(i + 1) << 1);
                return;
            }
        }

        var name = Codecs.NameOf(type);
        if (name.WellKnown != 0)
        {
            WriteRawVarInt(name.WellKnown << 1 | 1);
            return;
        }

        if (_typeCount == _types.Length) Array.Resize(ref _types, Math.Max(8, 2 * _typeCount));
        _types[_typeCount++] = name;
        WriteRawVarInt(0);
        WriteRawVarInt((uint)name.Utf8.Length);
        WriteRaw(name.Utf8);
    }

    private void ForgetTypes()
    {
        Array.Clear(_types, 0, _typeCount);
        _typeCount = 0;
    }

    /// <summary>
    /// Gives an object its number, and makes room for its tag. Returns false if its field is written and nothing follows, because it is
    /// null or has a number.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryMeet(uint idDelta, object? value)
    {
        if (value is null)
        {
            WriteNull(idDelta);
            return false;
        }

        Ensure(MostTagBytes + VarInt.MostBytes);
        if (_references.TryAdd(value, _references.Count + 1, out var number)) return true;
        var position = PutTag(_position, WireType.Reference, idDelta);
        _position = position + VarInt.Write(ref At(position), (uint)number);
        return false;
    }

    /// <summary>Writes a tag for which there is room, and returns the position behind it.</summary>
    /// <remarks>Positions are passed on, not kept in the field between two stores: that would be a wait for the store each time.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int PutTag(int position, WireType wireType, uint idDelta)
    {
        if (idDelta >= FieldTag.LongDelta) return PutLongTag(position, wireType, idDelta);
        At(position) = (byte)((uint)wireType << 5 | idDelta);
        return position + 1;
    }

    private int PutLongTag(int position, WireType wireType, uint idDelta)
    {
        At(position++) = (byte)((uint)wireType << 5 | FieldTag.LongDelta);
        return position + VarInt.Write(ref At(position), idDelta - FieldTag.LongDelta);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Deeper()
    {
        if (++_depth > _maxDepth) ThrowTooDeep();
    }

    private void ThrowTooDeep() => throw new PayloadException(
        $"Objects nest deeper than {_maxDepth} levels. Write a long chain as a list, or raise {nameof(PayloadLimits)}.{nameof(PayloadLimits.MaxDepth)}.");
}
