namespace OrleansShop.Clinic.Contracts.Events;

/// <summary>
/// What an event of the clinic says, as the data of its envelope. Members may be added, and a reader passes over those that it does not know; a member that goes or changes its meaning makes a new
/// <see cref="SchemaVersion"/>.
/// </summary>
public interface IClinicEvent
{
    /// <summary>The type in the envelope, such as <c>clinic.visit-booked</c>. Never given a new meaning.</summary>
    static abstract string Type { get; }

    /// <summary>The version of the form of the data, from 1.</summary>
    static abstract int SchemaVersion { get; }
}
