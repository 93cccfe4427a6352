using System.Text;

namespace OrleansShop.Engine.Serialization;

public sealed partial class PayloadReader
{
    private FieldType[] _types = [];
    private int _typeCount;
    private int _lastType;

    // The type that stood in front of the tag that was read last. Used at once, before another tag is read.
    private FieldType _fieldType;

    /// <summary>Reads a type outside any tag.</summary>
    /// <exception cref="PayloadException">It is not one that a payload may name.</exception>
    internal Type ReadType() => ReadTypeNumber().Resolve(this);

    private FieldType ReadTypeNumber()
    {
        var number = ReadRawVarUInt32("a type number");
        if ((number & 1) != 0) return new FieldType(WellKnown: number >> 1, NamePosition: 0, NameBytes: 0);
        if (number == 0) return ReadTypeName();
        if (number >> 1 > _typeCount) throw Fault($"type {number >> 1} is meant and {_typeCount} were named");
        return _types[(number >> 1) - 1];
    }

    private FieldType ReadTypeName()
    {
        var count = ReadRawVarInt();
        if (count > (ulong)Math.Min(Remaining, Limits.MaxTypeNameBytes))
        {
            throw Fault($"a type name of {count} bytes is announced; {Remaining} are left and {Limits.MaxTypeNameBytes} are allowed");
        }

        var type = new FieldType(WellKnown: 0, _position, (int)count);
        _position += (int)count;

        // When an object that was skipped is read later, its names are met again, and have their numbers already.
        if (_lastType++ == _typeCount)
        {
            if (_typeCount == Limits.MaxTypesPerPayload) throw Fault($"more than {Limits.MaxTypesPerPayload} types are named");
            if (_typeCount == _types.Length) Array.Resize(ref _types, Math.Max(8, 2 * _typeCount));
            _types[_typeCount++] = type;
        }

        return type;
    }

    private void ForgetTypes() => _typeCount = _lastType = 0;

    /// <summary>A type as the payload says it. Not looked up before it is needed: a type in a field that is skipped need not exist here.</summary>
    private readonly record struct FieldType(uint WellKnown, int NamePosition, int NameBytes)
    {
        public Type Resolve(PayloadReader reader)
        {
            if (WellKnown != 0) return reader.Codecs.FindType(WellKnown) ?? throw reader.Fault($"there is no well-known type {WellKnown}");
            var name = reader._buffer.AsSpan(NamePosition, NameBytes);
            return reader.Codecs.FindType(name) ?? throw reader.Fault($"'{Encoding.UTF8.GetString(name)}' is not a type that a payload may create here");
        }
    }
}
