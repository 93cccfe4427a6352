using System.Text.Json;

namespace OrleansShop.Cli.Commands.Moves;

/// <summary>Shows JSON as text: a line for each value, a table for each array of objects. For answers whose parts depend on what they are about.</summary>
internal static class JsonText
{
    public static void Print(JsonElement json, TextWriter output, string name = "")
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in json.EnumerateObject()) Print(property.Value, output, name.Length == 0 ? property.Name : $"{name}.{property.Name}");
                break;
            case JsonValueKind.Array when json.GetArrayLength() > 0 && json.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.Object):
                if (name.Length > 0) output.WriteLine(Printable.Line($"{name}:"));
                PrintTable([.. json.EnumerateArray()], output);
                break;
            default:
                output.WriteLine(Printable.Line(name.Length == 0 ? TextOf(json) : $"{name}: {TextOf(json)}"));
                break;
        }
    }

    private static void PrintTable(IReadOnlyList<JsonElement> items, TextWriter output)
    {
        var columns = items.SelectMany(static item => item.EnumerateObject()).Select(static property => property.Name).Distinct(StringComparer.Ordinal).ToArray();
        var table = TextTable.New([.. columns.Select(Printable.Line)]);
        foreach (var item in items)
        {
            table.AddText([.. columns.Select(column => item.TryGetProperty(column, out var value) ? TextOf(value) : "")]);
        }

        TextTable.On(output).Write(table);
    }

    private static string TextOf(JsonElement json) => json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText();
}
