using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansShop.Strangler.Rows;

/// <summary>Writes a row as a JSON object and reads it back: whole numbers as <see cref="long"/>, others as <see cref="decimal"/> or, out of its range, <see cref="double"/>.</summary>
internal sealed class RowJsonConverter : JsonConverter<Row>
{
    /// <summary>More columns than any table that is moved has; a bound on what a peer can make this process hold.</summary>
    private const int MaxColumns = 256;

    public override Row Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A row must be an object.");
        }

        var columns = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var column = reader.GetString()!;
            reader.Read();
            if (!columns.TryAdd(column, ReadValue(ref reader, column)) || columns.Count > MaxColumns)
            {
                throw new JsonException($"A row must name each column once and at most {MaxColumns} columns; see '{column}'.");
            }
        }

        return new Row(columns);
    }

    public override void Write(Utf8JsonWriter writer, Row value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (column, cell) in value.Columns)
        {
            writer.WritePropertyName(column);
            WriteValue(writer, cell);
        }

        writer.WriteEndObject();
    }

    private static object? ReadValue(ref Utf8JsonReader reader, string column) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number when reader.TryGetInt64(out var whole) => whole,
        JsonTokenType.Number when reader.TryGetDecimal(out var number) => number,
        JsonTokenType.Number => reader.GetDouble(),
        _ => throw new JsonException($"Column '{column}' must hold a string, a number, true, false or null."),
    };

    private static void WriteValue(Utf8JsonWriter writer, object? cell)
    {
        switch (cell)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case long number: writer.WriteNumberValue(number); break;
            case decimal number: writer.WriteNumberValue(number); break;
            case double number: writer.WriteNumberValue(number); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            default: throw new JsonException($"A value of type {cell.GetType()} is not one that rows carry.");
        }
    }
}
