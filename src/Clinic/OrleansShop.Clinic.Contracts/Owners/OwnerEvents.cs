using OrleansShop.Clinic.Contracts.Events;

namespace OrleansShop.Clinic.Contracts.Owners;

/// <summary>An owner is known to the clinic now.</summary>
[GenerateSerializer, Immutable, Alias("clinic.owner-registered")]
public sealed record OwnerRegistered(int OwnerId, OwnerFields Owner) : IClinicEvent
{
    /// <inheritdoc />
    public static string Type => "clinic.owner-registered";

    /// <inheritdoc />
    public static int SchemaVersion => 1;
}

/// <summary>An owner's own fields are these now.</summary>
[GenerateSerializer, Immutable, Alias("clinic.owner-updated")]
public sealed record OwnerUpdated(int OwnerId, OwnerFields Owner) : IClinicEvent
{
    /// <inheritdoc />
    public static string Type => "clinic.owner-updated";

    /// <inheritdoc />
    public static int SchemaVersion => 1;
}

/// <summary>An owner is gone. The events of the pets that went before it are their own.</summary>
[GenerateSerializer, Immutable, Alias("clinic.owner-removed")]
public sealed record OwnerRemoved(int OwnerId) : IClinicEvent
{
    /// <inheritdoc />
    public static string Type => "clinic.owner-removed";

    /// <inheritdoc />
    public static int SchemaVersion => 1;
}
