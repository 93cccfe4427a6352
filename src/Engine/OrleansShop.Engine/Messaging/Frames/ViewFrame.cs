using System.Collections.Immutable;
using Orleans.Runtime;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Messaging.Frames;

/// <summary>The frames about views.</summary>
internal static class ViewFrame
{
    public static void WriteNotice(PayloadWriter writer, long version)
    {
        writer.Kind(FrameKind.ViewNotice);
        writer.WriteRawVarInt((ulong)version);
    }

    public static long ReadNotice(ref FrameReader reader) => (long)reader.VarInt();

    public static void WriteAcknowledge(PayloadWriter writer, long version, PartitionSet draining)
    {
        writer.Kind(FrameKind.Acknowledge);
        writer.WriteRawVarInt((ulong)version);
        writer.Byte(draining.IsEmpty ? (byte)0 : (byte)1);
        if (draining.IsEmpty)
            return;
        foreach (var word in draining.Bits)
            writer.Fixed64(word);
    }

    public static (long Version, PartitionSet Draining) ReadAcknowledge(ref FrameReader reader)
    {
        var version = (long)reader.VarInt();
        if (reader.Byte() == 0)
            return (version, PartitionSet.Empty);
        Span<ulong> bits = stackalloc ulong[PartitionSet.Empty.Bits.Length];
        foreach (ref var word in bits)
            word = reader.Fixed64();
        return (version, PartitionSet.FromBits(bits));
    }

    public static void WriteView(PayloadWriter writer, MembershipView view)
    {
        writer.Kind(FrameKind.ViewAnswer);
        writer.WriteRawVarInt((ulong)view.Version);
        writer.WriteRawVarInt((uint)view.Rows.Length);
        foreach (var row in view.Rows)
        {
            writer.Text(row.Silo.ToParsableString());
            writer.Byte((byte)row.Status);
            writer.Text(row.SiloName);
            writer.Text(row.HostName);
            writer.WriteRawVarInt((uint)row.GatewayPort);
            writer.WriteRawVarInt((uint)row.Hosts.Length);
            foreach (var grain in row.Hosts)
            {
                writer.Text(grain.GrainType.ToString());
                writer.Text(grain.ClassName);
                writer.Byte(grain.IsStatelessWorker ? (byte)1 : (byte)0);
                writer.WriteRawVarInt((uint)grain.Interfaces.Length);
                foreach (var implemented in grain.Interfaces)
                {
                    writer.Text(implemented.Name.ToString());
                    writer.WriteRawVarInt(implemented.Version);
                }
            }
        }
    }

    public static MembershipView ReadView(ref FrameReader reader)
    {
        var version = (long)reader.VarInt();

        // Counts are not believed: a list grows with what is really there, and the frame ends where it ends.
        var rows = new List<MembershipRow>();
        for (var left = reader.Int(); left > 0; left--)
        {
            var silo = ReadAddress(ref reader);
            var status = (SiloStatus)reader.Byte();
            rows.Add(new(silo, status, reader.Text(), reader.Text(), reader.Int(), ReadHosts(ref reader)));
        }

        return new(version, rows);
    }

    private static ImmutableArray<KnownGrain> ReadHosts(ref FrameReader reader)
    {
        var hosts = ImmutableArray.CreateBuilder<KnownGrain>();
        for (var left = reader.Int(); left > 0; left--)
        {
            var type = GrainType.Create(reader.Text());
            var className = reader.Text();
            var isStatelessWorker = reader.Byte() != 0;
            var interfaces = ImmutableArray.CreateBuilder<KnownInterface>();
            for (var more = reader.Int(); more > 0; more--)
                interfaces.Add(new(GrainInterfaceType.Create(reader.Text()), (ushort)reader.Int()));
            hosts.Add(new(type, className, isStatelessWorker, interfaces.ToImmutable()));
        }

        return hosts.ToImmutable();
    }

    private static SiloAddress ReadAddress(ref FrameReader reader)
    {
        var text = reader.Text();
        return SiloAddress.TryParse(text, out var silo) ? silo : throw new FrameException($"'{text}' is not the address of a silo.");
    }
}
