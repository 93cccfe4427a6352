namespace OrleansShop.EndToEnd.Tests.Conversations;

/// <summary>
/// A corpus of requests over the whole contract: reads of the seed data, lists, pages, searches, creations, changes, deletions with their cascades, and
/// errors of every kind. Whoever serves them, the answers must be the same.
/// </summary>
internal static class ClinicConversation
{
    private const string Owner = """{"firstName":"Ada","lastName":"Lovelace","address":"12 St James's Square","city":"London","telephone":"5551234"}""";
    private const string Unicode = """{"firstName":"Žofie","lastName":"Müller-Łukasz","address":"Straße 1 ¾","city":"東京","telephone":"1"}""";
    private const string Pet = """{"name":"Mittens","birthDate":"2020-02-29","type":{"id":1,"name":"cat"}}""";
    private const string Visit = """{"date":"2026-03-01","description":"rabies shot"}""";

    public static IReadOnlyList<Exchange> Requests { get; } =
    [
        .. SeedReads(), .. Owners(), .. Pets(), .. Visits(), .. Vets(), .. Types(), .. Deletions(), .. Errors(), .. OlderPaths(), .. Lists(),
    ];

    private static IEnumerable<Exchange> SeedReads() =>
    [
        .. Enumerable.Range(1, 11).Select(id => new Exchange("GET", $"owners/{id}")),
        .. Enumerable.Range(1, 14).Select(id => new Exchange("GET", $"pets/{id}")),
        .. Enumerable.Range(1, 5).Select(id => new Exchange("GET", $"visits/{id}")),
        .. Enumerable.Range(1, 7).Select(id => new Exchange("GET", $"vets/{id}")),
        .. Enumerable.Range(1, 7).Select(id => new Exchange("GET", $"pettypes/{id}")),
        .. Enumerable.Range(1, 4).Select(id => new Exchange("GET", $"specialties/{id}")),
        new("GET", "owners/6/pets/7"), new("GET", "owners/6/pets/1"), new("GET", "owners/99/pets/1"),
    ];

    private static IEnumerable<Exchange> Owners() =>
    [
        new("POST", "owners", Owner, "ada"), new("POST", "owners", Unicode, "zofie"),
        new("GET", "owners/{ada}"), new("GET", "owners/{zofie}"),
        new("PUT", "owners/{ada}", Owner.Replace("London", "Paris")), new("GET", "owners/{ada}"),
        new("PUT", "owners/999999", Owner), new("HEAD", "owners/{ada}"),
    ];

    private static IEnumerable<Exchange> Pets() =>
    [
        new("POST", "owners/{ada}/pets", Pet, "mittens"),
        new("POST", "owners/{ada}/pets", Pet.Replace("\"id\":1", "\"id\":2"), "rex"),
        new("GET", "owners/{ada}"), new("GET", "pets/{mittens}"), new("GET", "owners/{ada}/pets/{rex}"),
        new("PUT", "pets/{mittens}", Pet.Replace("Mittens", "Mitzi")), new("GET", "pets/{mittens}"),
        new("PUT", "owners/{ada}/pets/{rex}", Pet.Replace("Mittens", "Rexy")), new("GET", "owners/{ada}"),
        new("PUT", "owners/1/pets/{rex}", Pet), new("POST", "owners/999999/pets", Pet),
        new("POST", "owners/{ada}/pets", Pet.Replace("\"id\":1", "\"id\":77")), new("PUT", "pets/999999", Pet),
    ];

    private static IEnumerable<Exchange> Visits() =>
    [
        new("POST", "owners/{ada}/pets/{mittens}/visits", Visit, "first"),
        new("POST", "visits", """{"date":"2026-04-01","description":"check","petId":8}""", "second"),
        new("GET", "visits/{first}"), new("GET", "pets/{mittens}"), new("GET", "owners/{ada}"), new("GET", "owners/6"),
        new("PUT", "visits/{first}", """{"description":"booster"}"""), new("GET", "visits/{first}"),
        new("POST", "visits", """{"date":"2026-04-01","description":"nobody","petId":999999}"""),
        new("POST", "owners/{ada}/pets/1/visits", Visit), new("POST", "owners/999999/pets/1/visits", Visit), new("PUT", "visits/999999", Visit),
    ];

    private static IEnumerable<Exchange> Vets() =>
    [
        new("POST", "specialties", """{"name":"cardiology"}""", "cardiology"),
        new("POST", "vets", """{"firstName":"Grace","lastName":"Hopper","specialties":[{"id":1},{"name":"surgery"}]}""", "grace"),
        new("GET", "vets/{grace}"),
        new("PUT", "vets/{grace}", """{"firstName":"Grace","lastName":"Hopper","specialties":[{"name":"cardiology"}]}"""), new("GET", "vets/{grace}"),
        new("DELETE", "specialties/{cardiology}"),
        new("PUT", "specialties/{cardiology}", """{"name":"heart"}"""), new("GET", "specialties/{cardiology}"), new("GET", "vets/{grace}"),
        new("POST", "vets", """{"firstName":"No","lastName":"Body","specialties":[{"id":1},{"id":999},{"name":"none"}]}"""),
        new("PUT", "vets/999999", """{"firstName":"No","lastName":"Body","specialties":[]}"""), new("DELETE", "vets/999999"),
    ];

    private static IEnumerable<Exchange> Types() =>
    [
        new("POST", "pettypes", """{"name":"axolotl"}""", "axolotl"), new("GET", "pettypes/{axolotl}"),
        new("PUT", "pettypes/{axolotl}", """{"name":"newt"}"""), new("GET", "pettypes/{axolotl}"),
        new("DELETE", "pettypes/2"), new("DELETE", "pettypes/{axolotl}"), new("GET", "pettypes/{axolotl}"), new("DELETE", "pettypes/{axolotl}"),
    ];

    private static IEnumerable<Exchange> Deletions() =>
    [
        new("POST", "owners", Owner.Replace("Ada", "Bea"), "bea"), new("POST", "owners/{bea}/pets", Pet, "bo"),
        new("POST", "owners/{bea}/pets/{bo}/visits", Visit, "third"),
        new("DELETE", "owners/{bea}"), new("GET", "owners/{bea}"), new("GET", "pets/{bo}"), new("GET", "visits/{third}"), new("DELETE", "owners/{bea}"),
        new("DELETE", "visits/{second}"), new("GET", "visits/{second}"),
        new("DELETE", "pets/{mittens}"), new("GET", "pets/{mittens}"), new("GET", "visits/{first}"), new("GET", "owners/{ada}"),
        new("DELETE", "vets/{grace}"), new("DELETE", "specialties/{cardiology}"),
    ];

    private static IEnumerable<Exchange> Errors()
    {
        string[] collections = ["owners", "visits", "vets", "specialties", "pettypes", "owners/1/pets", "owners/6/pets/7/visits"];
        string[] entities = ["owners/1", "pets/1", "visits/1", "vets/1", "specialties/1", "pettypes/1", "owners/6/pets/7"];
        string[] bodies =
        [
            "", "{", "[]", "null", "42", "{}", """{"name":1}""", """{"firstName":null,"lastName":"x1","address":"","city":7,"telephone":"abc"}""",
            $$"""{"name":"{{new string('x', 300)}}","description":"{{new string('y', 300)}}","birthDate":"2020-13-40","date":"yesterday","type":{"id":"cat"},"petId":-1}""",
            """{"name":"tab\u0009","description":"nul\u0000","birthDate":"2999-01-01","type":{"id":1},"petId":7}""", """{"name":"\ud800"}""",
            string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40),
        ];
        string[] ids = ["0", "-1", "01", "1x", "2147483648", "99999999999999999999", "%20", "1%00", "ä"];

        return
        [
            .. from collection in collections from body in bodies select new Exchange("POST", collection, body),
            .. from entity in entities from body in bodies select new Exchange("PUT", entity, body),
            .. from id in ids from path in new[] { "owners", "pets", "visits", "vets", "specialties", "pettypes" } select new Exchange("GET", $"{path}/{id}"),
            .. from id in ids select new Exchange("DELETE", $"owners/{id}"),
            .. from path in collections.Concat(entities).Append("v2/owners").Append("v2/pets") from method in new[] { "PATCH", "TRACE" } select new Exchange(method, path),
            .. from path in collections select new Exchange("DELETE", path),
            .. from type in new[] { "text/plain", "application/xml", "application/json; charset=utf-16" } from path in new[] { "owners", "visits", "vets" }
               select new Exchange("POST", path, Owner, ContentType: type),
            new("GET", "v2/owners?page=-1"), new("GET", "v2/owners?size=0"), new("GET", "v2/owners?size=101"), new("GET", "v2/owners?page=x&size=y"),
            new("GET", "v2/pets?page=-1"), new("GET", "v2/pets?size=0"), new("GET", "v2/pets?size=101"), new("GET", "v2/owners?page=1&page=2"),
            new("GET", "owners?lastName=%00"), new("GET", "owners?lastName=%FF"), new("GET", "owners?lastName=a&lastName=b"),
            new("GET", "oops"), new("GET", "nothing/here"), new("GET", "owners/1/dogs"), new("POST", "oops"),
        ];
    }

    private static IEnumerable<Exchange> OlderPaths() =>
    [
        new("GET", "/owner"), new("GET", "/owner/6"), new("GET", "/owner/999999"), new("GET", "/owner/6/getVisits"), new("GET", "/owner/999999/getVisits"),
        new("GET", "/pet"), new("GET", "/pet/7"), new("GET", "/vet"), new("GET", "/visit"), new("POST", "/owner", Owner), new("GET", "/nothing"),
    ];

    private static IEnumerable<Exchange> Lists() =>
    [
        new("GET", "owners"), new("GET", "owners?lastName=Davis"), new("GET", "owners?lastName=da"), new("GET", "owners?lastName=MÜ"), new("GET", "owners?lastName=zzz"),
        new("GET", "owners?lastName="), new("GET", "owners?lastName=D%25"), new("GET", "pets"), new("GET", "visits"), new("GET", "vets"), new("GET", "specialties"),
        new("GET", "pettypes"),
        .. from page in Enumerable.Range(0, 5) select new Exchange("GET", $"v2/owners?page={page}&size=3"),
        .. from page in Enumerable.Range(0, 4) select new Exchange("GET", $"v2/pets?page={page}&size=5"),
        new("GET", "v2/owners"), new("GET", "v2/pets"), new("GET", "v2/owners?lastName=da&size=1&page=1"), new("GET", "v2/owners?page=1000000&size=100"),
    ];
}
