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
        PutTag(WireType.Reference, idDelta);
        At(_position++) = 0;
    }

    /// <summary>
    /// Begins an object that can be referred to. Returns false if there is nothing more to write, because it is null or was written
    /// before; if true, the fields follow and then <see cref="WriteEnd"/>.
    /// </summary>
    public bool BeginObject(uint idDelta, object? value)
    {
        if (value is null)
        {
            WriteNull(idDelta);
            return false;
        }

        Ensure(MostTagBytes + VarInt.MostBytes);
        if (!_references.TryAdd(value, _references.Count + 1, out var number))
        {
            PutTag(WireType.Reference, idDelta);
            _position += VarInt.Write(ref At(_position), (uint)number);
            return false;
        }

        PutTag(WireType.Object, idDelta);
        Deeper();
        return true;
    }

    /// <summary>
    /// Writes the tag of a packed object, whose bytes <see cref="BeginPacked"/> begins. Returns false if there is nothing more to write,
    /// because it is null or was written before.
    /// </summary>
    internal bool BeginPackedObject(uint idDelta, object? value)
    {
        if (value is null)
        {
            WriteNull(idDelta);
            return false;
        }

        Ensure(MostTagBytes + VarInt.MostBytes);
        if (!_references.TryAdd(value, _references.Count + 1, out var number))
        {
            PutTag(WireType.Reference, idDelta);
            _position += VarInt.Write(ref At(_position), (uint)number);
            return false;
        }

        if (idDelta < WireMark.FarPacked - WireMark.Packed)
        {
            At(_position++) = (byte)(WireMark.Packed + idDelta);
        }
        else
        {
            At(_position++) = WireMark.FarPacked;
            _position += VarInt.Write(ref At(_position), idDelta - (WireMark.FarPacked - WireMark.Packed));
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
        PutTag(WireType.Value, idDelta);
        Deeper();
    }

    /// <summary>Ends the innermost object or value, or the fields of the payload itself.</summary>
    public void WriteEnd()
    {
        _depth--;
        Ensure(1);
        At(_position++) = WireMark.End;
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

    /// <summary>Writes a tag for which there is room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PutTag(WireType wireType, uint idDelta)
    {
        if (idDelta < FieldTag.LongDelta) At(_position++) = (byte)((uint)wireType << 5 | idDelta);
        else PutLongTag(wireType, idDelta);
    }

    private void PutLongTag(WireType wireType, uint idDelta)
    {
        At(_position++) = (byte)((uint)wireType << 5 | FieldTag.LongDelta);
        _position += VarInt.Write(ref At(_position), idDelta - FieldTag.LongDelta);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Deeper()
    {
        if (++_depth > _maxDepth) ThrowTooDeep();
    }

    private void ThrowTooDeep() => throw new PayloadException(
        $"Objects nest deeper than {_maxDepth} levels. Write a long chain as a list, or raise {nameof(PayloadLimits)}.{nameof(PayloadLimits.MaxDepth)}.");
}
