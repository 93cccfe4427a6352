using System.Collections.Immutable;

namespace OrleansShop.Clinic.Vets;

/// <summary>A vet's own fields: what the grain stores. The specialties are ids, ascending.</summary>
[GenerateSerializer, Immutable, Alias("clinic.vet-record")]
internal sealed record VetRecord(string FirstName, string LastName, ImmutableArray<int> SpecialtyIds);

/// <summary>A specialty's own field.</summary>
[GenerateSerializer, Immutable, Alias("clinic.specialty-record")]
internal sealed record SpecialtyRecord(string Name);
