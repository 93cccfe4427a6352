using OrleansShop.Clinic.Testing.Talking;

namespace OrleansShop.Clinic.Owners.Tests;

/// <summary>What clients say about owners, right and wrong. Ids are those that a fresh clinic gives.</summary>
internal static class OwnersConversation
{
    private const string Ada = """{"firstName":"Ada","lastName":"Lovelace","address":"12 St James","city":"London","telephone":"5551234"}""";

    public static IEnumerable<Request> Requests { get; } =
    [
        Request.Get("owners"),
        Request.Get("owners?lastName=da"),
        Request.Get("owners?lastName="),
        Request.Get("owners?lastName=%25"),
        Request.Get("owners?lastName=a&lastName=b"),
        Request.Get("owners?lastName=%FF"),
        Request.Get("owners?lastName=%00"),
        Request.Get("v2/owners"),
        Request.Get("v2/owners?page=1&size=3"),
        Request.Get("v2/owners?page=2147483647&size=100"),
        Request.Get("v2/owners?lastName=D&size=1&page=1"),
        Request.Get("v2/owners?size=101"),
        Request.Get("v2/owners?page=-1"),
        Request.Get("v2/owners?page=x&lastName=%FF"),
        Request.Get("owners/6"),
        Request.Get("owners/0"),
        Request.Get("owners/99"),
        Request.Get("owners/06"),
        Request.Get("owners/2147483648"),
        Request.Get("owners/%20"),
        Request.Post("owners", Ada),
        Request.Post("owners", Ada.Replace("Ada", "Zoë", StringComparison.Ordinal).Replace("Lovelace", "Ångström-O'Brien.", StringComparison.Ordinal)),
        Request.Get("owners?lastName=ÅNG"),
        Request.Get("owners/11"),
        Request.Get("owners/12"),
        Request.Put("owners/11", Ada.Replace("London", "Ockham", StringComparison.Ordinal)),
        Request.Get("owners/11"),
        Request.Put("owners/99", Ada),
        Request.Put("owners/x", "{"),
        Request.Put("owners/99", "{"),
        Request.Put("owners/99", "{}"),
        Request.Post("owners", "{}"),
        Request.Post("owners", ""),
        Request.Post("owners", "[]"),
        Request.Post("owners", "null"),
        Request.Post("owners", "{\"firstName\":\"A1\",\"lastName\":7,\"address\":\"\",\"city\":null,\"telephone\":\"12a\"}"),
        Request.Post("owners", $"{{\"firstName\":\"{new string('a', 31)}\"}}"),
        Request.Post("owners", "{\"firstName\":\"\\ud800\"}"),
        Request.Post("owners", new string('[', 40) + new string(']', 40)),
        Request.Post("owners", Ada) with { MediaType = "text/plain" },
        Request.Post("owners", Ada) with { MediaType = null },
        Request.Post("owners", Ada) with { MediaType = "application/json; charset=latin1" },
        Request.Post("owners", $"\"{new string('a', 1_100_000)}\""),
        new("PATCH", "owners/1", Ada),
        new("DELETE", "owners"),
        new("POST", "owners/1", Ada),
        Request.Get("nothing"),
        Request.Get("owners/1/nothing"),
        Request.Delete("owners/99"),
        Request.Delete("owners/x"),
        Request.Delete("owners/12"),
        Request.Delete("owners/12"),
        Request.Delete("owners/6"),
        Request.Get("owners/6"),
        Request.Get("owners"),
        Request.Get("v2/owners?page=1&size=5"),
    ];
}
