using System.Text;
using System.Text.Json;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.Gateway.Mirroring;

/// <summary>Compares two JSON documents by a capability's rules: properties in any order, arrays in theirs unless declared otherwise, numbers by value. Pure.</summary>
internal sealed class JsonComparison(CompareRules rules)
{
    private const int MaxDifferences = 20;
    private const int MaxShownCharacters = 60;
    private const string Absent = "(absent)";

    private readonly List<JsonDifference> _found = [];

    /// <summary>Finds the first differences.</summary>
    public static IReadOnlyList<JsonDifference> Compare(JsonElement monolith, JsonElement service, CompareRules rules)
    {
        var comparison = new JsonComparison(rules);
        comparison.Compare(CompareRules.Root, monolith, service);
        return comparison._found;
    }

    private void Compare(string path, JsonElement monolith, JsonElement service)
    {
        if (_found.Count >= MaxDifferences || rules.Ignored.Contains(path))
        {
            return;
        }

        switch (monolith.ValueKind, service.ValueKind)
        {
            case (JsonValueKind.Object, JsonValueKind.Object):
                CompareObjects(path, monolith, service);
                break;
            case (JsonValueKind.Array, JsonValueKind.Array):
                CompareArrays(path, monolith, service);
                break;
            default:
                if (!AreEqual(monolith, service))
                {
                    Note(path, Shown(monolith), Shown(service));
                }

                break;
        }
    }

    private void CompareObjects(string path, JsonElement monolith, JsonElement service)
    {
        foreach (var property in monolith.EnumerateObject())
        {
            var below = Below(path, property.Name);
            if (service.TryGetProperty(property.Name, out var other))
            {
                Compare(below, property.Value, other);
            }
            else if (!rules.Ignored.Contains(below))
            {
                Note(below, Shown(property.Value), Absent);
            }
        }

        foreach (var property in service.EnumerateObject())
        {
            var below = Below(path, property.Name);
            if (!monolith.TryGetProperty(property.Name, out _) && !rules.Ignored.Contains(below))
            {
                Note(below, Absent, Shown(property.Value));
            }
        }
    }

    private void CompareArrays(string path, JsonElement monolith, JsonElement service)
    {
        if (monolith.GetArrayLength() != service.GetArrayLength())
        {
            Note(path, $"{monolith.GetArrayLength()} items", $"{service.GetArrayLength()} items");
            return;
        }

        foreach (var (left, right) in ItemsOf(path, monolith).Zip(ItemsOf(path, service)))
        {
            Compare(path, left, right);
        }
    }

    private IEnumerable<JsonElement> ItemsOf(string path, JsonElement array) => rules.Unordered.Contains(path)
        ? array.EnumerateArray().OrderBy(item => CanonicalOf(path, item), StringComparer.Ordinal)
        : array.EnumerateArray();

    /// <summary>A text that is the same for what counts as equal.</summary>
    private string CanonicalOf(string path, JsonElement value)
    {
        var text = new StringBuilder();
        Append(text, path, value);
        return text.ToString();
    }

    private void Append(StringBuilder text, string path, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject().OrderBy(static property => property.Name, StringComparer.Ordinal))
                {
                    var below = Below(path, property.Name);
                    if (!rules.Ignored.Contains(below))
                    {
                        Append(text.Append('{').Append(property.Name).Append(':'), below, property.Value);
                    }
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in ItemsOf(path, value))
                {
                    Append(text.Append('['), path, item);
                }

                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private void Note(string path, string monolith, string service) => _found.Add(new JsonDifference(path, monolith, service));

    private static bool AreEqual(JsonElement monolith, JsonElement service) =>
        monolith.ValueKind == service.ValueKind && monolith.ValueKind switch
        {
            JsonValueKind.String => monolith.ValueEquals(service.GetString()),
            JsonValueKind.Number => monolith.GetRawText() == service.GetRawText()
                || (monolith.TryGetDecimal(out var left) && service.TryGetDecimal(out var right) && left == right),
            _ => true,
        };

    private static string Below(string path, string name) => path == CompareRules.Root ? name : $"{path}.{name}";

    private static string Shown(JsonElement value) => value.GetRawText() is { Length: > MaxShownCharacters } text ? text[..MaxShownCharacters] + "…" : value.GetRawText();
}

/// <summary>Where two answers differ.</summary>
/// <param name="Path">The names of the properties, outermost first.</param>
/// <param name="Monolith">What the monolith has there, shortened.</param>
/// <param name="Service">What the service has there, shortened.</param>
internal sealed record JsonDifference(string Path, string Monolith, string Service);
