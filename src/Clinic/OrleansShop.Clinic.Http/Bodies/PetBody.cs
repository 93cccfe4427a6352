using System.Text.Json;
using OrleansShop.Clinic.Http.Problems;

namespace OrleansShop.Clinic.Http.Bodies;

/// <summary>
/// Body of POST and PUT of a pet. The contract only hints at a rule for the birth date; ours: not after today (UTC), not before 1900-01-01. Of the type only
/// the id is read: clients send back the whole type that they were given, and its name may have changed since.
/// </summary>
internal static class PetBody
{
    private static readonly DateOnly EarliestBirthDate = new(1900, 1, 1);

    public static NewPet Read(JsonElement body, DateOnly today)
    {
        var rules = BodyRules.Over(body);
        var name = rules.Text("name", TextRule.PetName);
        var birthDate = rules.Date("birthDate", required: true);
        if (birthDate > today) rules.Broken("birthDate", ContractTexts.BirthDateInTheFuture);
        if (birthDate < EarliestBirthDate) rules.Broken("birthDate", ContractTexts.BirthDateTooEarly);
        var typeId = rules.Object("type")?.Id("id", required: true);
        rules.ThrowIfBroken();
        return new NewPet(name, birthDate!.Value, typeId!.Value);
    }
}
