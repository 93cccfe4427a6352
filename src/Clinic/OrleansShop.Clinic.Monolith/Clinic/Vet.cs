using System.ComponentModel;

namespace OrleansShop.Clinic.Monolith.Clinic;

[Description("A veterinarian.")]
internal sealed record Vet(
    string FirstName,
    string LastName,
    [property: Description("The specialties of the vet, in the order of their ids.")] IReadOnlyList<Specialty> Specialties,
    [property: Description("The id of the vet.")] int Id);
