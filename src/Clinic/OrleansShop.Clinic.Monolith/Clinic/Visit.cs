using System.ComponentModel;

namespace OrleansShop.Clinic.Monolith.Clinic;

[Description("A booking for a vet visit.")]
internal sealed record Visit(
    DateOnly Date,
    string Description,
    [property: Description("The id of the visit.")] int Id,
    [property: Description("The id of the pet.")] int PetId);
