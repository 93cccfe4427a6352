using System.Collections.Immutable;
using OrleansShop.Clinic.Contracts.Owners;
using OrleansShop.Clinic.Contracts.Pets;

namespace OrleansShop.Clinic.Owners;

/// <summary>Puts an owner together as clients see it.</summary>
internal static class OwnerView
{
    public static Owner Of(int id, OwnerFields fields, ImmutableArray<Pet> pets) =>
        new(fields.FirstName, fields.LastName, fields.Address, fields.City, fields.Telephone, id, pets);
}
