using Orleans.Runtime;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Messaging.Connections;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Messaging.Frames;

/// <summary>A call on the wire.</summary>
/// <remarks>
/// <code>
/// kind │ flags │ traits │ id, 8 bytes │ view │ forwarded │ milliseconds left │ grain type # │ key │ interface # │ [source type #, key] │
/// [placement] │ [interface version] │ method, 4 bytes │ [type arguments] │ [request context] │ [batch size] │ arguments
/// </code>
/// Numbers are of variable length unless said otherwise; # is a number that a Define frame gave to a name. Hot path: a call of a
/// method with one small argument takes about 30 bytes, and writing it allocates nothing.
/// </remarks>
internal static class RequestFrame
{
    private const int ContextLimit = 1000;

    // What the callee's process cannot tell from the method alone.
    private const CallFlags Carried = CallFlags.OneWay | CallFlags.ReadOnly | CallFlags.AlwaysInterleave | CallFlags.System | CallFlags.KeepsAlive;

    /// <summary>Writes a call. <paramref name="id"/> is 0 when no answer is wanted; <paramref name="placement"/> is 0 unless the grain was placed where the call goes.</summary>
    public static void Write(PayloadWriter writer, Connection connection, GrainCall call, ulong id, long viewVersion, long nowMs, long placement = 0)
    {
        var source = call.SourceId;
        var opaque = call.Is(CallFlags.Misfit) ? call as OpaqueCall : null;
        var typeArguments = TypeArgumentsOf(call);
        var version = call.Target.InterfaceVersion;
        var flags = RequestFlags.None;
        if (call.Cancellation is not null)
            flags |= RequestFlags.Cancellable;
        if (source is not null)
            flags |= RequestFlags.HasSource;
        if (typeArguments.Length > 0)
            flags |= RequestFlags.HasTypeArguments;
        if (call.RequestContextData is not null)
            flags |= RequestFlags.HasContext;
        if (placement != 0)
            flags |= RequestFlags.Placed;
        if (version != 0)
            flags |= RequestFlags.HasVersion;
        if (call.Is(CallFlags.SizedBatches))
            flags |= RequestFlags.HasBatchSize;
        if (opaque is not null)
            flags |= opaque.BodyFlags;

        writer.Kind(FrameKind.Request);
        writer.Byte((byte)flags);
        writer.WriteRawVarInt((ushort)(call.Flags & Carried));
        writer.Fixed64(id);
        writer.WriteRawVarInt((ulong)viewVersion);
        writer.Byte(call.ForwardCount);
        writer.WriteRawVarInt(call.DeadlineMs == long.MaxValue ? 0 : (ulong)Math.Max(1, call.DeadlineMs - nowMs));
        writer.WriteRawVarInt(connection.NumberOf(call.Target.GrainType.Value));
        writer.Block(call.Key.AsSpan());
        writer.WriteRawVarInt(connection.NumberOf(call.Target.Interface.Value));
        if (source is { } grain)
        {
            writer.WriteRawVarInt(connection.NumberOf(grain.Type.Value));
            writer.Block(grain.Key.AsSpan());
        }

        if (placement != 0)
            writer.WriteRawVarInt((ulong)placement);
        if (version != 0)
            writer.WriteRawVarInt(version);
        if (opaque is not null)
        {
            writer.Fixed32(opaque.MethodId);
            writer.WriteRaw(opaque.Body);
            return;
        }

        writer.Fixed32(call.Method.Id);
        if (typeArguments.Length > 0)
            WriteTypeArguments(writer, typeArguments);
        if (call.RequestContextData is { } context)
            WriteContext(writer, context);
        if ((flags & RequestFlags.HasBatchSize) != 0)
            writer.WriteRawVarInt((uint)((ISizedBatches)call).BatchSize);
        writer.BeginPayload();
        call.WriteArguments(writer);
        writer.WriteEnd();
    }

    /// <summary>Reads the part of a request that says where it goes; the rest stays for <see cref="ReadBody"/>.</summary>
    public static RequestHeader ReadHeader(ref FrameReader reader, Connection connection)
    {
        var flags = (RequestFlags)reader.Byte();
        var traits = (CallFlags)reader.VarInt() & Carried;
        var id = reader.Fixed64();
        var view = (long)reader.VarInt();
        var forwarded = reader.Byte();
        var msLeft = reader.VarInt();
        var type = new GrainType(connection.NameOf(reader.VarInt()));
        var key = new IdSpan(reader.Block().ToArray());
        var face = new GrainInterfaceType(connection.NameOf(reader.VarInt()));
        object? source = null;
        if ((flags & RequestFlags.HasSource) != 0)
        {
            var sourceType = new GrainType(connection.NameOf(reader.VarInt()));
            source = new GrainId(sourceType, new IdSpan(reader.Block().ToArray()));
        }

        var placement = (flags & RequestFlags.Placed) != 0 ? (long)reader.VarInt() : 0;
        var version = (flags & RequestFlags.HasVersion) != 0 ? checked((ushort)reader.Int()) : (ushort)0;
        return new(flags, traits, id, view, forwarded, msLeft, type, key, face, source, placement, version, reader.Fixed32());
    }

    /// <summary>Reads the generic arguments of the call's class, or an empty array.</summary>
    public static Type[] ReadTypeArguments(PayloadReader reader, RequestFlags flags)
    {
        if ((flags & RequestFlags.HasTypeArguments) == 0)
            return [];
        reader.BeginPayload();
        var count = reader.ReadRawVarInt();
        if (count > (ulong)reader.Remaining)
            throw reader.Fault($"{count} type arguments are announced");
        var types = new Type[count];
        for (var i = 0; i < types.Length; i++)
            types[i] = reader.ReadType();
        return types;
    }

    /// <summary>Reads the request context, the size of a sequence's batches and the arguments into a call that knows its target.</summary>
    public static void ReadBody(PayloadReader reader, RequestFlags flags, GrainCall call)
    {
        if ((flags & RequestFlags.HasContext) != 0)
            call.RequestContextData = ReadContext(reader);
        if ((flags & RequestFlags.HasBatchSize) != 0)
            ReadBatchSize(reader, call);
        reader.BeginPayload();
        call.ReadArguments(reader);
    }

    private static void WriteTypeArguments(PayloadWriter writer, Type[] types)
    {
        writer.BeginPayload();
        writer.WriteRawVarInt((uint)types.Length);
        foreach (var type in types)
            writer.WriteTypeNumber(type);
    }

    private static void WriteContext(PayloadWriter writer, Dictionary<string, object> context)
    {
        writer.BeginPayload();
        writer.WriteRawVarInt((uint)context.Count);
        foreach (var (key, value) in context)
        {
            writer.Text(key);
            writer.WriteRuntimeTyped(0, value);
        }
    }

    private static Dictionary<string, object> ReadContext(PayloadReader reader)
    {
        reader.BeginPayload();
        var count = reader.ReadRawVarInt();
        if (count > ContextLimit)
            throw reader.Fault($"a request context of {count} entries is announced; {ContextLimit} are accepted");
        var context = new Dictionary<string, object>((int)count, StringComparer.Ordinal);
        for (; count > 0; count--)
        {
            var length = reader.ReadRawVarInt();
            if (length > (ulong)reader.Remaining)
                throw reader.Fault($"a key of {length} bytes is announced");
            var key = System.Text.Encoding.UTF8.GetString(reader.ReadRaw((int)length));
            context[key] = reader.ReadRuntimeTyped<object>(reader.ReadTag())!;
        }

        return context;
    }

    private static void ReadBatchSize(PayloadReader reader, GrainCall call)
    {
        var size = reader.ReadRawVarInt();
        if (size is 0 or > int.MaxValue || call is not ISizedBatches sequence)
            throw reader.Fault($"batches of {size} items are asked of {call}; a sequence gives from 1 to {int.MaxValue}");
        sequence.BatchSize = (int)size;
    }

    // Classes of calls of generic methods and interfaces are generic; their arguments go along, so that the other end can close them.
    private static Type[] TypeArgumentsOf(GrainCall call)
    {
        var type = call.GetType();
        return type.IsGenericType && !call.Is(CallFlags.ForRunner) ? type.GetGenericArguments() : [];
    }
}

/// <summary>What a request's header says.</summary>
internal readonly record struct RequestHeader(
    RequestFlags Flags, CallFlags Traits, ulong Id, long View, byte Forwarded, ulong MsLeft,
    GrainType Type, IdSpan Key, GrainInterfaceType Interface, object? Source, long Placement, ushort Version, uint MethodId);

/// <summary>What a request has, and how it is handled.</summary>
[Flags]
internal enum RequestFlags : byte
{
    None = 0,

    /// <summary>A Cancel frame may follow.</summary>
    Cancellable = 1,

    /// <summary>The caller is a grain or an observer.</summary>
    HasSource = 2,

    /// <summary>The method or the interface is generic.</summary>
    HasTypeArguments = 4,

    /// <summary>The caller has a request context.</summary>
    HasContext = 8,

    /// <summary>The owner of the grain sends it to where it has placed the grain.</summary>
    Placed = 16,

    /// <summary>The interface has a version.</summary>
    HasVersion = 32,

    /// <summary>It opens a sequence, and the caller says how large batches are.</summary>
    HasBatchSize = 64,
}
