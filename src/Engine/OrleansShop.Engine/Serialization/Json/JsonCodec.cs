using System.Text.Json;

namespace OrleansShop.Engine.Serialization.Json;

internal interface IJsonCodec
{
    JsonSerializerOptions Options { set; }
}

/// <summary>Values as JSON text. They are not tracked by reference: JSON text has its own rules for that.</summary>
internal sealed class JsonCodec<T> : Codec<T?>, IJsonCodec
{
    public JsonSerializerOptions Options { get; set; } = JsonSerializerOptions.Default;

    public override void WriteField(PayloadWriter writer, uint idDelta, T? value)
    {
        if (value is null) writer.WriteNull(idDelta);
        else if (!typeof(T).IsValueType && value.GetType() != typeof(T)) writer.WriteRuntimeTyped(idDelta, value, this);
        else writer.WriteBytes(idDelta, JsonSerializer.SerializeToUtf8Bytes(value, Options));
    }

    public override T? ReadField(PayloadReader reader, FieldTag tag)
    {
        if (tag.HasType && !typeof(T).IsValueType) return reader.ReadRuntimeTyped<T>(tag, this);
        if (reader.TryReadNull(tag)) return default;
        var text = reader.ReadBytes(tag);
        try
        {
            return JsonSerializer.Deserialize<T>(text, Options);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException)
        {
            throw new PayloadException(reader.Position, $"the text is not a {typeof(T)} in JSON. {fault.Message}", fault);
        }
    }

    public override T? Copy(T? value, CopyContext context)
    {
        if (value is null) return value;
        if (!typeof(T).IsValueType && value.GetType() != typeof(T)) return (T?)context.CopyRuntimeTyped(value);
        return JsonSerializer.Deserialize<T>(JsonSerializer.SerializeToUtf8Bytes(value, Options), Options);
    }
}
