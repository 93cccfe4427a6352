using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Messaging.Frames;

/// <summary>The outcome of a call on the wire.</summary>
/// <remarks>
/// <code>
/// kind │ outcome │ id, 8 bytes │ view │ result or exception
/// </code>
/// Hot path: writing and reading allocate nothing but the result itself.
/// </remarks>
internal static class ResponseFrame
{
    /// <summary>Writes the outcome that is stored in the call.</summary>
    public static void Write(PayloadWriter writer, GrainCall call, ulong id, long viewVersion)
    {
        if (call.Exception is { } exception)
        {
            WriteFailure(writer, exception, id, viewVersion);
            return;
        }

        Begin(writer, id, viewVersion, isFailure: false);
        call.WriteResult(writer);
        writer.WriteEnd();
    }

    /// <summary>Writes an exception as the outcome.</summary>
    public static void WriteFailure(PayloadWriter writer, Exception exception, ulong id, long viewVersion)
    {
        Begin(writer, id, viewVersion, isFailure: true);
        writer.WriteRuntimeTyped(0, exception);
    }

    /// <summary>Reads up to the outcome.</summary>
    public static (bool IsFailure, ulong Id, long View) ReadHeader(ref FrameReader reader)
    {
        var isFailure = reader.Byte() != 0;
        return (isFailure, reader.Fixed64(), (long)reader.VarInt());
    }

    /// <summary>Reads the outcome into the call. Never throws: what cannot be read becomes the outcome.</summary>
    public static void ReadOutcome(PayloadReader reader, bool isFailure, GrainCall call)
    {
        try
        {
            reader.BeginPayload();
            if (isFailure)
                call.Fail(reader.ReadRuntimeTyped<Exception>(reader.ReadTag()) ?? new PayloadException($"{call} failed with an exception that is null."));
            else
                call.ReadResult(reader);
        }
#pragma warning disable CA1031 // A codec of the application may throw anything; the caller gets it.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            call.Fail(new PayloadException($"The answer to {call} cannot be read: {cause.Message}", cause));
        }
    }

    private static void Begin(PayloadWriter writer, ulong id, long viewVersion, bool isFailure)
    {
        writer.Kind(FrameKind.Response);
        writer.Byte(isFailure ? (byte)1 : (byte)0);
        writer.Fixed64(id);
        writer.WriteRawVarInt((ulong)viewVersion);
        writer.BeginPayload();
    }
}
