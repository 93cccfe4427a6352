using System.Collections.Immutable;

namespace OrleansShop.Clinic.Contracts.Vets;

/// <summary>A field that a vet is trained in.</summary>
[GenerateSerializer, Immutable, Alias("clinic.specialty")]
public sealed record Specialty(int Id, string Name);

/// <summary>What a client can say of a vet. Valid by the time it is one of these, but for the specialties, which must exist.</summary>
[GenerateSerializer, Immutable, Alias("clinic.vet-fields")]
public sealed record VetFields(string FirstName, string LastName, ImmutableArray<int> SpecialtyIds);

/// <summary>A vet as clients see it.</summary>
[GenerateSerializer, Immutable, Alias("clinic.vet")]
public sealed record Vet(int Id, string FirstName, string LastName, ImmutableArray<Specialty> Specialties);

/// <summary>How a change of a vet ended.</summary>
/// <param name="Found">Whether the vet exists, or was created.</param>
/// <param name="MissingSpecialty">The first specialty that does not exist; nothing was changed then.</param>
/// <param name="Vet">The vet after the change.</param>
[GenerateSerializer, Immutable, Alias("clinic.vet-change")]
public sealed record VetChange(bool Found, int? MissingSpecialty, Vet? Vet);
