using System.Collections.Immutable;
using OrleansShop.Clinic.Contracts.Events;

namespace OrleansShop.Clinic.Contracts.Vets;

/// <summary>The clinic has one more vet.</summary>
[GenerateSerializer, Immutable, Alias("clinic.vet-registered")]
public sealed record VetRegistered(int VetId, string FirstName, string LastName, ImmutableArray<int> SpecialtyIds) : IClinicEvent
{
    /// <inheritdoc />
    public static string Type => "clinic.vet-registered";

    /// <inheritdoc />
    public static int SchemaVersion => 1;
}

/// <summary>A vet's fields and specialties are these now.</summary>
[GenerateSerializer, Immutable, Alias("clinic.vet-updated")]
public sealed record VetUpdated(int VetId, string FirstName, string LastName, ImmutableArray<int> SpecialtyIds) : IClinicEvent
{
    /// <inheritdoc />
    public static string Type => "clinic.vet-updated";

    /// <inheritdoc />
    public static int SchemaVersion => 1;
}

/// <summary>A vet is gone.</summary>
[GenerateSerializer, Immutable, Alias("clinic.vet-removed")]
public sealed record VetRemoved(int VetId) : IClinicEvent
{
    /// <inheritdoc />
    public static string Type => "clinic.vet-removed";

    /// <inheritdoc />
    public static int SchemaVersion => 1;
}

/// <summary>There is one more specialty.</summary>
[GenerateSerializer, Immutable, Alias("clinic.specialty-added")]
public sealed record SpecialtyAdded(int SpecialtyId, string Name) : IClinicEvent
{
    /// <inheritdoc />
    public static string Type => "clinic.specialty-added";

    /// <inheritdoc />
    public static int SchemaVersion => 1;
}

/// <summary>A specialty has this name now.</summary>
[GenerateSerializer, Immutable, Alias("clinic.specialty-updated")]
public sealed record SpecialtyUpdated(int SpecialtyId, string Name) : IClinicEvent
{
    /// <inheritdoc />
    public static string Type => "clinic.specialty-updated";

    /// <inheritdoc />
    public static int SchemaVersion => 1;
}

/// <summary>A specialty is gone.</summary>
[GenerateSerializer, Immutable, Alias("clinic.specialty-removed")]
public sealed record SpecialtyRemoved(int SpecialtyId) : IClinicEvent
{
    /// <inheritdoc />
    public static string Type => "clinic.specialty-removed";

    /// <inheritdoc />
    public static int SchemaVersion => 1;
}
