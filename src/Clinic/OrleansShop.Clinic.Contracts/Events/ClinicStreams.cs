namespace OrleansShop.Clinic.Contracts.Events;

/// <summary>
/// The namespaces of the clinic's event streams, at the stream provider <c>events</c>. The key of a stream is the id of its entity, as a whole number: a grain with an integer key that subscribes implicitly to a
/// namespace gets the events of the entity with its own key.
/// </summary>
public static class ClinicStreams
{
    /// <summary>Owners.</summary>
    public const string Owners = "clinic.owners";

    /// <summary>Pets.</summary>
    public const string Pets = "clinic.pets";

    /// <summary>Pet types.</summary>
    public const string PetTypes = "clinic.pet-types";

    /// <summary>Visits.</summary>
    public const string Visits = "clinic.visits";

    /// <summary>Vets.</summary>
    public const string Vets = "clinic.vets";

    /// <summary>Specialties of vets.</summary>
    public const string Specialties = "clinic.specialties";
}
