using System.Text.Json;

namespace OrleansShop.Clinic.Http.Bodies;

/// <summary>Body of POST and PUT of a pet type or a specialty: its name. An id in the body is not looked at; the path has it, or the server gives one.</summary>
internal static class NameBody
{
    public static string Read(JsonElement body)
    {
        var rules = BodyRules.Over(body);
        var name = rules.Text("name", TextRule.Name80);
        rules.ThrowIfBroken();
        return name;
    }
}
