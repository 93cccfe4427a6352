using System.Collections.Immutable;

namespace OrleansShop.Clinic.Contracts.Vets;

/// <summary>A field that a vet is trained in.</summary>
[GenerateSerializer, Immutable, Alias("clinic.specialty")]
public sealed record Specialty(int Id, string Name);

/// <summary>A specialty as a client names it: by id or, without one, by its exact name.</summary>
[GenerateSerializer, Immutable, Alias("clinic.specialty-reference")]
public sealed record SpecialtyReference(int? Id, string? Name);

/// <summary>What a client can say of a vet. Valid by the time it is one of these, but for the specialties, which must exist.</summary>
[GenerateSerializer, Immutable, Alias("clinic.vet-fields")]
public sealed record VetFields(string FirstName, string LastName, ImmutableArray<SpecialtyReference> Specialties);

/// <summary>A vet as clients see it.</summary>
[GenerateSerializer, Immutable, Alias("clinic.vet")]
public sealed record Vet(string FirstName, string LastName, ImmutableArray<Specialty> Specialties, int Id);

/// <summary>How a change of a vet ended.</summary>
/// <param name="Found">Whether the vet exists, or was created.</param>
/// <param name="UnknownSpecialties">The places, in the list that was given, of specialties that do not exist; nothing was changed if there are any.</param>
/// <param name="Vet">The vet after the change.</param>
[GenerateSerializer, Immutable, Alias("clinic.vet-change")]
public sealed record VetChange(bool Found, ImmutableArray<int> UnknownSpecialties, Vet? Vet);
