using OrleansShop.Clinic.Contracts.Events;

namespace OrleansShop.Clinic.Contracts.Visits;

/// <summary>A visit has been booked.</summary>
[GenerateSerializer, Immutable, Alias("clinic.visit-booked")]
public sealed record VisitBooked(int VisitId, int PetId, DateOnly Date, string Description) : IClinicEvent
{
    /// <inheritdoc />
    public static string Type => "clinic.visit-booked";

    /// <inheritdoc />
    public static int SchemaVersion => 1;
}

/// <summary>A visit's date and description are these now.</summary>
[GenerateSerializer, Immutable, Alias("clinic.visit-changed")]
public sealed record VisitChanged(int VisitId, int PetId, DateOnly Date, string Description) : IClinicEvent
{
    /// <inheritdoc />
    public static string Type => "clinic.visit-changed";

    /// <inheritdoc />
    public static int SchemaVersion => 1;
}

/// <summary>A visit is gone: cancelled, or removed with its pet.</summary>
[GenerateSerializer, Immutable, Alias("clinic.visit-cancelled")]
public sealed record VisitCancelled(int VisitId, int PetId, DateOnly Date) : IClinicEvent
{
    /// <inheritdoc />
    public static string Type => "clinic.visit-cancelled";

    /// <inheritdoc />
    public static int SchemaVersion => 1;
}
