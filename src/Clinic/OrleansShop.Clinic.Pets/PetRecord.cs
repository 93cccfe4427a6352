using OrleansShop.Clinic.Contracts.Pets;

namespace OrleansShop.Clinic.Pets;

/// <summary>A pet's own fields: what the grain stores, without what other entities hold.</summary>
[GenerateSerializer, Immutable, Alias("clinic.pet-record")]
internal sealed record PetRecord(string Name, DateOnly BirthDate, int TypeId, int OwnerId)
{
    public PetRecord With(PetFields fields) => this with { Name = fields.Name, BirthDate = fields.BirthDate, TypeId = fields.TypeId };
}

/// <summary>A pet type's own field.</summary>
[GenerateSerializer, Immutable, Alias("clinic.pet-type-record")]
internal sealed record PetTypeRecord(string Name);
