namespace OrleansShop.Clinic.Contracts.Visits;

/// <summary>What a client can say of a visit. Valid by the time it is one of these.</summary>
[GenerateSerializer, Immutable, Alias("clinic.visit-fields")]
public sealed record VisitFields(DateOnly Date, string Description);

/// <summary>A visit as clients see it.</summary>
[GenerateSerializer, Immutable, Alias("clinic.visit")]
public sealed record Visit(int Id, DateOnly Date, string Description, int PetId);
