using System.Text.Json.Nodes;

namespace OrleansShop.EndToEnd.Tests.Moves.Running;

/// <summary>The kinds of entity that clients work with, and where each keeps the one value that is written and read.</summary>
internal static class EntityKinds
{
    public const string Owner = "owner";
    public const string Pet = "pet";
    public const string Visit = "visit";

    /// <summary>Each kind's capability, in the order of references.</summary>
    public static IReadOnlyDictionary<string, string> Capabilities { get; } = new Dictionary<string, string> { [Owner] = "owners", [Pet] = "pets", [Visit] = "visits" };

    /// <summary>The kind that an entity of a kind belongs to; null if it belongs to nothing.</summary>
    public static string? ParentOf(string kind) => kind switch { Pet => Owner, Visit => Pet, _ => null };

    public static string PathOf(string kind, long id) => $"{Capabilities[kind]}/{id}";

    /// <summary>Where a new entity is posted.</summary>
    public static string CreationPathOf(string kind, long? parent) => kind == Pet ? $"owners/{parent}/pets" : Capabilities[kind];

    /// <summary>A body that writes a value.</summary>
    public static string BodyOf(string kind, string value, long? parent) => kind switch
    {
        Owner => $$"""{"firstName":"Ada","lastName":"Lovelace","address":"12 St James","city":"{{value}}","telephone":"5551234"}""",
        Pet => $$$"""{"name":"{{{value}}}","birthDate":"2020-09-07","type":{"id":1,"name":"cat"}}""",
        _ => $$"""{"date":"2026-04-01","description":"{{value}}","petId":{{parent}}}""",
    };

    /// <summary>A body that would write a value, were it not for something that the rules forbid.</summary>
    public static string ForbiddenBodyOf(string kind, string value, long? parent) => kind switch
    {
        Owner => BodyOf(kind, value, parent).Replace("5551234", "none", StringComparison.Ordinal),
        Pet => BodyOf(kind, value, parent).Replace("2020-09-07", "some day", StringComparison.Ordinal),
        _ => BodyOf(kind, value, parent).Replace("2026-04-01", "some day", StringComparison.Ordinal),
    };

    /// <summary>The value in an answer.</summary>
    public static string ValueIn(string kind, string body) => JsonNode.Parse(body)![kind switch { Owner => "city", Pet => "name", _ => "description" }]!.ToString();
}
