using System.Text.Json;

namespace OrleansShop.Clinic.Http.Bodies;

/// <summary>Bodies of a visit: below its pet in the path, or with the pet's id in the body.</summary>
internal static class VisitBody
{
    public static VisitFields Read(JsonElement body)
    {
        var rules = BodyRules.Over(body);
        var fields = Fields(rules);
        rules.ThrowIfBroken();
        return fields;
    }

    public static VisitOfPet ReadWithPet(JsonElement body)
    {
        var rules = BodyRules.Over(body);
        var fields = Fields(rules);
        var petId = rules.Id("petId", required: true);
        rules.ThrowIfBroken();
        return new VisitOfPet(fields.Date, fields.Description, petId!.Value);
    }

    private static VisitFields Fields(BodyRules rules) => new(
        Date: rules.Date("date", required: false),
        Description: rules.Text("description", TextRule.VisitDescription));
}
