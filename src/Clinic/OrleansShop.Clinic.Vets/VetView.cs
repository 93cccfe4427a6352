using OrleansShop.Clinic.Contracts.Vets;

namespace OrleansShop.Clinic.Vets;

/// <summary>Puts a vet together as clients see it.</summary>
internal static class VetView
{
    /// <summary>A specialty that is gone was deleted between the questions: the vet does not have it any more.</summary>
    public static Vet Of(int id, VetRecord record, Func<int, Specialty?> specialtyOf) =>
        new(record.FirstName, record.LastName, [.. record.SpecialtyIds.Select(specialtyOf).OfType<Specialty>()], id);
}
