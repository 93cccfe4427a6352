using System.Buffers.Binary;
using System.Net;
using Orleans.Runtime;
using OrleansShop.Engine.Serialization.Values;

namespace OrleansShop.Engine.Serialization.Identities;

internal sealed class IdSpanCodec : BytesValueCodec<IdSpan>
{
    protected override void Write(PayloadWriter writer, uint idDelta, IdSpan value) => writer.WriteBytes(idDelta, value.AsSpan());

    protected override IdSpan Parse(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? default : new IdSpan(bytes.ToArray());
}

internal sealed class GrainTypeCodec : BytesValueCodec<GrainType>
{
    protected override void Write(PayloadWriter writer, uint idDelta, GrainType value) => writer.WriteBytes(idDelta, value.AsSpan());

    protected override GrainType Parse(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? default : new GrainType(bytes.ToArray());
}

internal sealed class GrainInterfaceTypeCodec : BytesValueCodec<GrainInterfaceType>
{
    protected override void Write(PayloadWriter writer, uint idDelta, GrainInterfaceType value) => writer.WriteBytes(idDelta, value.Value.AsSpan());

    protected override GrainInterfaceType Parse(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? default : new GrainInterfaceType(new IdSpan(bytes.ToArray()));
}

/// <summary>Grain ids: the type's length, the type, the key.</summary>
internal sealed class GrainIdCodec : BytesValueCodec<GrainId>
{
    protected override void Write(PayloadWriter writer, uint idDelta, GrainId value)
    {
        var type = value.Type.AsSpan();
        var key = value.Key.AsSpan();
        var bytes = writer.ReserveBytes(idDelta, sizeof(ushort) + type.Length + key.Length);
        if (type.Length > ushort.MaxValue) throw new PayloadException($"A grain type of {type.Length} bytes is too long.");
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)type.Length);
        type.CopyTo(bytes[sizeof(ushort)..]);
        key.CopyTo(bytes[(sizeof(ushort) + type.Length)..]);
    }

    protected override GrainId Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return default;
        var typeLength = bytes.Length < sizeof(ushort) ? int.MaxValue : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        if (typeLength > bytes.Length - sizeof(ushort)) throw new FormatException("The grain type is longer than the grain id.");
        var type = bytes.Slice(sizeof(ushort), typeLength);
        var key = bytes[(sizeof(ushort) + typeLength)..];
        return new GrainId(
            type.IsEmpty ? default : new GrainType(type.ToArray()),
            key.IsEmpty ? default : new IdSpan(key.ToArray()));
    }
}

/// <summary>Silo addresses: generation, then the endpoint.</summary>
internal sealed class SiloAddressCodec : BytesValueCodec<SiloAddress?>
{
    protected override void Write(PayloadWriter writer, uint idDelta, SiloAddress? value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int) + sizeof(ushort) + 16];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value!.Generation);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[sizeof(int)..], (ushort)value.Endpoint.Port);
        value.Endpoint.Address.TryWriteBytes(bytes[(sizeof(int) + sizeof(ushort))..], out var count);
        writer.WriteBytes(idDelta, bytes[..(sizeof(int) + sizeof(ushort) + count)]);
    }

    protected override SiloAddress Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < sizeof(int) + sizeof(ushort)) throw new FormatException("The address is too short.");
        return SiloAddress.New(
            new IPAddress(bytes[(sizeof(int) + sizeof(ushort))..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[sizeof(int)..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes));
    }
}

internal sealed class ActivationIdCodec : SharedValueCodec<ActivationId>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, ActivationId value) => writer.WriteGuid(idDelta, value.Key);

    public override ActivationId ReadField(PayloadReader reader, FieldTag tag) => new(reader.ReadGuid(tag));
}

internal sealed class MembershipVersionCodec : SharedValueCodec<MembershipVersion>
{
    public override void WriteField(PayloadWriter writer, uint idDelta, MembershipVersion value) => writer.WriteInt64(idDelta, value.Value);

    public override MembershipVersion ReadField(PayloadReader reader, FieldTag tag) => new(reader.ReadInt64(tag));
}

/// <summary>Where an activation is. Immutable, so it is written anew wherever it stands.</summary>
internal sealed class GrainAddressCodec : SharedValueCodec<GrainAddress?>
{
    private Codec<GrainId> _grainId = null!;
    private Codec<SiloAddress?> _siloAddress = null!;

    public override void Resolve(ICodecProvider codecs)
    {
        _grainId = codecs.Get<GrainId>();
        _siloAddress = codecs.Get<SiloAddress?>();
    }

    public override void WriteField(PayloadWriter writer, uint idDelta, GrainAddress? value)
    {
        if (!writer.BeginUntracked(idDelta, value)) return;
        _grainId.WriteField(writer, 1, value!.GrainId);
        writer.WriteGuid(1, value.ActivationId.Key);
        _siloAddress.WriteField(writer, 1, value.SiloAddress);
        writer.WriteInt64(1, value.MembershipVersion.Value);
        writer.WriteEnd();
    }

    public override GrainAddress? ReadField(PayloadReader reader, FieldTag tag)
    {
        if (reader.TryReadNull(tag) || !reader.TryBeginValue(tag)) return null;
        var grainId = default(GrainId);
        var activationId = Guid.Empty;
        SiloAddress? siloAddress = null;
        var version = MembershipVersion.MinValue;
        for (uint id = 0; reader.TryReadField(out var field);)
        {
            switch (id += field.IdDelta)
            {
                case 1: grainId = _grainId.ReadField(reader, field); break;
                case 2: activationId = reader.ReadGuid(field); break;
                case 3: siloAddress = _siloAddress.ReadField(reader, field); break;
                case 4: version = new MembershipVersion(reader.ReadInt64(field)); break;
                default: reader.Skip(field); break;
            }
        }

        return new GrainAddress { GrainId = grainId, ActivationId = new ActivationId(activationId), SiloAddress = siloAddress, MembershipVersion = version };
    }
}
