using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OrleansShop.EndToEnd.Tests.Conversations;

/// <summary>The names of ids that a system gave to new things, by kind, and answers with the ids replaced by them.</summary>
internal sealed partial class IdNames
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<(string Kind, string Id), string> _names = [];

    /// <summary>Names the id that a POST to a path was given.</summary>
    public void Add(string path, string id, string name) => _names.Add((KindOfPath(path), id), name);

    /// <summary>A path with known ids replaced.</summary>
    public string InPath(string path) => PathId().Replace(path, match => $"{match.Groups["kind"].Value}/{NameOf(KindOfPath(match.Groups["kind"].Value), match.Groups["id"].Value)}");

    /// <summary>A body with known ids replaced, and without the time of a problem. What is no JSON stays as it is.</summary>
    public string InBody(string text)
    {
        if (!text.StartsWith('{') && !text.StartsWith('['))
        {
            return text;
        }

        var root = JsonNode.Parse(text);
        Rename(root, kind: null);
        return root!.ToJsonString(Readable);
    }

    private void Rename(JsonNode? node, string? kind)
    {
        switch (node)
        {
            case JsonArray array:
                foreach (var item in array)
                {
                    Rename(item, kind);
                }

                break;
            case JsonObject thing:
                RenameObject(thing, kind ?? KindOf(thing));
                break;
        }
    }

    private void RenameObject(JsonObject thing, string? kind)
    {
        foreach (var (property, value) in thing.ToList())
        {
            switch (property)
            {
                case "timestamp":
                    thing.Remove(property);
                    break;
                case "detail":
                    thing[property] = InSentence(value!.ToString());
                    break;
                case "id" when kind is not null:
                    thing[property] = NameOf(kind, value!.ToString());
                    break;
                case "ownerId" or "petId":
                    thing[property] = NameOf(property[..^2], value!.ToString());
                    break;
                default:
                    Rename(value, property switch { "type" => "type", "specialties" => "specialty", _ => null });
                    break;
            }
        }
    }

    private string InSentence(string text)
    {
        text = NamedId().Replace(text, match => $"{match.Groups["kind"].Value} {NameOf(KindOfWord(match.Groups["kind"].Value), match.Groups["id"].Value)}");
        return Blockers().Replace(text, match =>
            $"{match.Groups["kind"].Value}s: {string.Join(", ", match.Groups["ids"].Value.Split(", ").Select(id => NameOf(match.Groups["kind"].Value, id)))}");
    }

    private string NameOf(string kind, string id) => _names.GetValueOrDefault((kind, id), id);

    private static string? KindOf(JsonObject thing) =>
        thing.ContainsKey("telephone") ? "owner"
        : thing.ContainsKey("birthDate") ? "pet"
        : thing.ContainsKey("petId") ? "visit"
        : thing.ContainsKey("specialties") ? "vet"
        : thing.Count == 2 && thing.First().Key == "id" ? "specialty"
        : thing.Count == 2 && thing.First().Key == "name" ? "type"
        : null;

    private static string KindOfPath(string path) => path.Split('/').Last(part => part.Length > 0 && !part.StartsWith('{')) switch
    {
        "owners" => "owner",
        "pets" => "pet",
        "visits" => "visit",
        "vets" => "vet",
        "specialties" => "specialty",
        "pettypes" => "type",
        var other => throw new ArgumentException($"Nothing is created at a path that ends with '{other}'.", nameof(path)),
    };

    private static string KindOfWord(string word) => word.ToLowerInvariant() switch { "pet type" => "type", var kind => kind };

    [GeneratedRegex(@"(?<kind>owners|pets|visits|vets|specialties|pettypes)/(?<id>\d+)")]
    private static partial Regex PathId();

    [GeneratedRegex(@"\b(?<kind>[Oo]wner|[Pp]et type|[Pp]et|[Vv]et|[Ss]pecialty|[Vv]isit) (?<id>\d+)")]
    private static partial Regex NamedId();

    [GeneratedRegex(@"(?<kind>pet|vet)s?: (?<ids>\d+(?:, \d+)*)")]
    private static partial Regex Blockers();
}
