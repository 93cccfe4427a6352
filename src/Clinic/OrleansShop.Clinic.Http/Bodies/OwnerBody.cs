using System.Text.Json;

namespace OrleansShop.Clinic.Http.Bodies;

/// <summary>Body of POST and PUT of an owner.</summary>
internal static class OwnerBody
{
    public static OwnerFields Read(JsonElement body)
    {
        var rules = BodyRules.Over(body);
        var fields = new OwnerFields(
            FirstName: rules.Text("firstName", TextRule.FirstName),
            LastName: rules.Text("lastName", TextRule.LastName),
            Address: rules.Text("address", TextRule.Address),
            City: rules.Text("city", TextRule.City),
            Telephone: rules.Text("telephone", TextRule.Telephone));
        rules.ThrowIfBroken();
        return fields;
    }
}
