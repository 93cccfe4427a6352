using Orleans.Runtime;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Messaging.Frames;

/// <summary>Who speaks on a connection: the first frame in each direction.</summary>
/// <param name="Role">Silo or client.</param>
/// <param name="ClusterId">The cluster; connections stay inside one.</param>
/// <param name="ServiceId">The service.</param>
/// <param name="Identity">A silo's address, or a client's id, as text.</param>
/// <param name="ViewVersion">The view that the speaker is at.</param>
internal sealed record Hello(PeerRole Role, string ClusterId, string ServiceId, string Identity, long ViewVersion)
{
    /// <summary>The longest hello that is read. Before the hello nobody is trusted with more memory than this.</summary>
    public const int MaxBytes = 4096;

    /// <summary>The version of everything that is sent on a connection, partition count and hashing included. Silos of two versions do not mix.</summary>
    public const byte ProtocolVersion = 3;

    private static ReadOnlySpan<byte> Magic => "\u0089OSHOP\r\n"u8;

    /// <summary>The address of a silo that speaks; null for a client.</summary>
    public SiloAddress? Silo { get; } = Role == PeerRole.Silo ? SiloAddress.FromParsableString(Identity) : null;

    public void Write(PayloadWriter writer)
    {
        writer.Kind(FrameKind.Hello);
        writer.WriteRaw(Magic);
        writer.Byte(ProtocolVersion);
        writer.Byte((byte)Role);
        writer.Text(ClusterId);
        writer.Text(ServiceId);
        writer.Text(Identity);
        writer.WriteRawVarInt((ulong)ViewVersion);
    }

    /// <exception cref="FrameException">It is not a hello of this protocol.</exception>
    public static Hello Read(ReadOnlySpan<byte> frame)
    {
        var reader = new FrameReader(frame);
        if (reader.Left < Magic.Length + 2 || reader.Byte() != (byte)FrameKind.Hello || !reader.Bytes(Magic.Length).SequenceEqual(Magic))
            throw new FrameException("It does not speak this protocol.");
        var version = reader.Byte();
        if (version != ProtocolVersion)
            throw new FrameException($"It speaks version {version} of the protocol, and this process version {ProtocolVersion}.");
        var role = (PeerRole)reader.Byte();
        if (role is not (PeerRole.Silo or PeerRole.Client))
            throw new FrameException($"It says that its role is {(int)role}.");

        try
        {
            return new Hello(role, reader.Text(), reader.Text(), reader.Text(), (long)reader.VarInt());
        }
        catch (FormatException cause)
        {
            throw new FrameException($"Its address cannot be read: {cause.Message}");
        }
    }
}

/// <summary>What a process is on a connection.</summary>
internal enum PeerRole : byte
{
    /// <summary>Hosts grains.</summary>
    Silo = 1,

    /// <summary>Only calls grains, and hosts observers.</summary>
    Client = 2,
}
