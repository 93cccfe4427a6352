using OrleansShop.Clinic.Testing.Talking;

namespace OrleansShop.Clinic.Pets.Tests;

/// <summary>What clients say about pets and pet types, right and wrong. Ids are those that a fresh clinic gives.</summary>
internal static class PetsConversation
{
    private const string Rex = """{"name":"Rex","birthDate":"2020-02-29","type":{"id":2,"name":"ignored"}}""";

    public static IEnumerable<Request> Requests { get; } =
    [
        Request.Get("pets"),
        Request.Get("v2/pets?page=2&size=5"),
        Request.Get("v2/pets?size=0"),
        Request.Get("pets/8"),
        Request.Get("pets/99"),
        Request.Get("pets/-1"),
        Request.Get("owners/6/pets/7"),
        Request.Get("owners/1/pets/7"),
        Request.Get("owners/99/pets/7"),
        Request.Get("owners/1/pets/99"),
        Request.Get("owners/x/pets/y"),
        Request.Get("owners/1/pets/y"),
        Request.Get("owners/1/pets"),
        Request.Post("owners/1/pets", Rex),
        Request.Get("pets/14"),
        Request.Put("pets/14", Rex.Replace("Rex", "", StringComparison.Ordinal)),
        Request.Get("pets/14"),
        Request.Put("owners/1/pets/14", Rex.Replace("\"id\":2", "\"id\":6", StringComparison.Ordinal)),
        Request.Get("owners/1/pets/14"),
        Request.Put("owners/2/pets/14", Rex),
        Request.Put("owners/99/pets/14", "{}"),
        Request.Put("owners/99/pets/14", Rex),
        Request.Put("owners/1/pets/14", Rex.Replace("\"id\":2", "\"id\":77", StringComparison.Ordinal)),
        Request.Put("pets/99", Rex.Replace("\"id\":2", "\"id\":77", StringComparison.Ordinal)),
        Request.Put("pets/14", Rex.Replace("\"id\":2", "\"id\":77", StringComparison.Ordinal)),
        Request.Put("pets/14", """{"name":"x","birthDate":"2999-01-01","type":{}}"""),
        Request.Put("pets/14", """{"name":"x","birthDate":"1899-12-31","type":7}"""),
        Request.Put("pets/14", """{"birthDate":"2020-02-30"}"""),
        new("DELETE", "owners/1/pets/14"),
        Request.Get("pettypes"),
        Request.Get("pettypes/2"),
        Request.Get("pettypes/99"),
        Request.Post("pettypes", """{"name":"axolotl","id":77}"""),
        Request.Get("pettypes/7"),
        Request.Put("pettypes/7", """{"name":"salamander"}"""),
        Request.Put("pettypes/99", """{"name":"salamander"}"""),
        Request.Post("pettypes", """{"name":""}"""),
        Request.Get("pettypes"),
        Request.Delete("pettypes/7"),
        Request.Delete("pettypes/7"),
        Request.Delete("pettypes/2"),
        Request.Delete("pettypes/1"),
        Request.Delete("pets/99"),
        Request.Delete("pets/8"),
        Request.Get("pets/8"),
        Request.Get("pets"),
        Request.Post("owners/99/pets", Rex),
        Request.Post("owners/99/pets", "{}"),
        Request.Post("owners/1/pets", Rex.Replace("\"id\":2", "\"id\":77", StringComparison.Ordinal)),
        Request.Post("owners/99/pets", Rex.Replace("\"id\":2", "\"id\":77", StringComparison.Ordinal)),
    ];
}
