using System.Text.Json;

namespace OrleansShop.Strangler.Capabilities;

/// <summary>Carries out <see cref="LegacyRoute.Collect"/>.</summary>
public static class JsonCollect
{
    /// <summary>
    /// Descends from a document by property names, through every object and array on the way, and writes what it reaches as one flat array.
    /// A property that is missing or null contributes nothing.
    /// </summary>
    /// <param name="document">Where to begin.</param>
    /// <param name="properties">The names, outermost first. An empty list writes the document itself, if it is an array its elements.</param>
    /// <param name="writer">Takes the array.</param>
    public static void Write(JsonElement document, ReadOnlySpan<string> properties, Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartArray();
        Descend(document, properties, writer);
        writer.WriteEndArray();
    }

    private static void Descend(JsonElement element, ReadOnlySpan<string> properties, Utf8JsonWriter writer)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Descend(item, properties, writer);
            }
        }
        else if (element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return;
        }
        else if (properties.IsEmpty)
        {
            element.WriteTo(writer);
        }
        else if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty(properties[0], out var next))
        {
            Descend(next, properties[1..], writer);
        }
    }
}
