using Orleans.Runtime;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Messaging.Frames;

/// <summary>The frames about grains that do not live with their owner, between silos.</summary>
/// <remarks>
/// <code>
/// Place     kind │ grain │ number │ view │ state            owner → host: run it
/// Placed    kind │ grain │ number                           host → owner: it is here
/// Unplaced  kind │ grain │ number                           host → owner: it is not here
/// Settle    kind │ floor │ count │ (grain │ number)…        owner → host: which of these are there? nothing below the floor comes any more
/// Move      kind │ grain │ number │ target │ state          host → owner: it has left for another silo
/// HandOver  kind │ grain │ view │ state                     previous owner → owner in that view: it has left, with this
/// </code>
/// A grain is a type and a key; the state is a block of bytes, empty without one.
/// </remarks>
internal static class PlacementFrame
{
    public static void WritePlace(PayloadWriter writer, GrainId grain, long number, long view, ReadOnlySpan<byte> state)
    {
        Begin(writer, FrameKind.Place, grain, number);
        writer.WriteRawVarInt((ulong)view);
        writer.Block(state);
    }

    public static (GrainId Grain, long Number, long View, byte[] State) ReadPlace(ref FrameReader reader)
    {
        var (grain, number) = ReadPlacement(ref reader);
        return (grain, number, (long)reader.VarInt(), reader.Block().ToArray());
    }

    public static void WritePlaced(PayloadWriter writer, GrainId grain, long number) => Begin(writer, FrameKind.Placed, grain, number);

    public static void WriteUnplaced(PayloadWriter writer, GrainId grain, long number) => Begin(writer, FrameKind.Unplaced, grain, number);

    public static void WriteSettle(PayloadWriter writer, long floor, IReadOnlyList<(GrainId Grain, long Number)> placements)
    {
        writer.Kind(FrameKind.Settle);
        writer.WriteRawVarInt((ulong)floor);
        writer.WriteRawVarInt((uint)placements.Count);
        foreach (var (grain, number) in placements)
            WritePlacement(writer, grain, number);
    }

    public static (long Floor, List<(GrainId Grain, long Number)> Placements) ReadSettle(ref FrameReader reader)
    {
        var floor = (long)reader.VarInt();

        // The count is not believed: the list grows with what is really there.
        var placements = new List<(GrainId, long)>();
        for (var left = reader.Int(); left > 0; left--)
            placements.Add(ReadPlacement(ref reader));
        return (floor, placements);
    }

    public static void WriteMove(PayloadWriter writer, GrainId grain, long number, SiloAddress target, ReadOnlySpan<byte> state)
    {
        Begin(writer, FrameKind.Move, grain, number);
        writer.Text(target.ToParsableString());
        writer.Block(state);
    }

    public static (GrainId Grain, long Number, SiloAddress Target, byte[] State) ReadMove(ref FrameReader reader)
    {
        var (grain, number) = ReadPlacement(ref reader);
        var text = reader.Text();
        var target = SiloAddress.TryParse(text, out var silo) ? silo : throw new FrameException($"'{text}' is not the address of a silo.");
        return (grain, number, target, reader.Block().ToArray());
    }

    public static void WriteHandOver(PayloadWriter writer, GrainId grain, long view, ReadOnlySpan<byte> state)
    {
        Begin(writer, FrameKind.HandOver, grain, view);
        writer.Block(state);
    }

    public static (GrainId Grain, long View, byte[] State) ReadHandOver(ref FrameReader reader)
    {
        var (grain, view) = ReadPlacement(ref reader);
        return (grain, view, reader.Block().ToArray());
    }

    public static (GrainId Grain, long Number) ReadPlacement(ref FrameReader reader)
    {
        var type = new GrainType(new IdSpan(reader.Block().ToArray()));
        return (new GrainId(type, new IdSpan(reader.Block().ToArray())), (long)reader.VarInt());
    }

    private static void Begin(PayloadWriter writer, FrameKind kind, GrainId grain, long number)
    {
        writer.Kind(kind);
        WritePlacement(writer, grain, number);
    }

    private static void WritePlacement(PayloadWriter writer, GrainId grain, long number)
    {
        writer.Block(grain.Type.AsSpan());
        writer.Block(grain.Key.AsSpan());
        writer.WriteRawVarInt((ulong)number);
    }
}
