using OrleansShop.Clinic.Contracts.Events;

namespace OrleansShop.Clinic.Contracts.Pets;

/// <summary>An owner has one more pet.</summary>
[GenerateSerializer, Immutable, Alias("clinic.pet-added")]
public sealed record PetAdded(int PetId, int OwnerId, PetFields Pet) : IClinicEvent
{
    /// <inheritdoc />
    public static string Type => "clinic.pet-added";

    /// <inheritdoc />
    public static int SchemaVersion => 1;
}

/// <summary>A pet's own fields are these now.</summary>
[GenerateSerializer, Immutable, Alias("clinic.pet-updated")]
public sealed record PetUpdated(int PetId, int OwnerId, PetFields Pet) : IClinicEvent
{
    /// <inheritdoc />
    public static string Type => "clinic.pet-updated";

    /// <inheritdoc />
    public static int SchemaVersion => 1;
}

/// <summary>A pet is gone. The events of the visits that went before it are their own.</summary>
[GenerateSerializer, Immutable, Alias("clinic.pet-removed")]
public sealed record PetRemoved(int PetId, int OwnerId) : IClinicEvent
{
    /// <inheritdoc />
    public static string Type => "clinic.pet-removed";

    /// <inheritdoc />
    public static int SchemaVersion => 1;
}

/// <summary>There is one more kind of animal.</summary>
[GenerateSerializer, Immutable, Alias("clinic.pet-type-added")]
public sealed record PetTypeAdded(int PetTypeId, string Name) : IClinicEvent
{
    /// <inheritdoc />
    public static string Type => "clinic.pet-type-added";

    /// <inheritdoc />
    public static int SchemaVersion => 1;
}

/// <summary>A kind of animal has this name now.</summary>
[GenerateSerializer, Immutable, Alias("clinic.pet-type-updated")]
public sealed record PetTypeUpdated(int PetTypeId, string Name) : IClinicEvent
{
    /// <inheritdoc />
    public static string Type => "clinic.pet-type-updated";

    /// <inheritdoc />
    public static int SchemaVersion => 1;
}

/// <summary>A kind of animal is gone.</summary>
[GenerateSerializer, Immutable, Alias("clinic.pet-type-removed")]
public sealed record PetTypeRemoved(int PetTypeId) : IClinicEvent
{
    /// <inheritdoc />
    public static string Type => "clinic.pet-type-removed";

    /// <inheritdoc />
    public static int SchemaVersion => 1;
}
