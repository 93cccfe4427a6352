using System.Text.Json;
using OrleansShop.Clinic.Http.Problems;

namespace OrleansShop.Clinic.Http.Bodies;

/// <summary>Body of POST and PUT of a vet. A specialty is named by its id, or, where it has none (the contract calls the id read-only), by its exact name.</summary>
internal static class VetBody
{
    private const int MaxSpecialties = 100;

    public static VetFields Read(JsonElement body)
    {
        var rules = BodyRules.Over(body);
        var firstName = rules.Text("firstName", TextRule.FirstName);
        var lastName = rules.Text("lastName", TextRule.LastName);
        var specialties = rules.Objects("specialties", required: true, MaxSpecialties).Select(Specialty).ToList();
        rules.ThrowIfBroken();
        return new VetFields(firstName, lastName, specialties);
    }

    private static SpecialtyReference Specialty(BodyRules specialty)
    {
        var faultsBefore = specialty.FaultCount;
        if (specialty.Id("id", required: false) is { } id) return new SpecialtyReference(id, Name: null);
        if (specialty.FaultCount > faultsBefore) return new SpecialtyReference(Id: null, Name: null);

        var name = specialty.OptionalText("name", TextRule.Name80);
        if (name is null && specialty.FaultCount == faultsBefore) specialty.BrokenWhole(ContractTexts.SpecialtyWithoutIdAndName);
        return new SpecialtyReference(Id: null, name);
    }
}
