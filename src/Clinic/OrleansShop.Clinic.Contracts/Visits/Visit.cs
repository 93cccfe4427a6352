namespace OrleansShop.Clinic.Contracts.Visits;

/// <summary>What a client can say of a visit. Valid by the time it is one of these. A new visit without a date gets today's, a changed one keeps its own.</summary>
[GenerateSerializer, Immutable, Alias("clinic.visit-fields")]
public sealed record VisitFields(DateOnly? Date, string Description);

/// <summary>A visit as clients see it.</summary>
[GenerateSerializer, Immutable, Alias("clinic.visit")]
public sealed record Visit(DateOnly Date, string Description, int Id, int PetId);
