using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace OrleansShop.Clinic.Http.Bodies;

/// <summary>What a client may set of a visit.</summary>
[Description("Editable fields of a vet visit.")]
internal sealed record VisitFields(
    [property: Description("The date of the visit. A new visit without one gets today, a changed one keeps what it has.")] DateOnly? Date,
    [property: Required, StringLength(255, MinimumLength = 1), Description("The description of the visit.")] string Description);

/// <summary>A visit that names its pet in the body instead of the path.</summary>
[Description("A new vet visit with its pet.")]
internal sealed record VisitOfPet(
    DateOnly? Date,
    [property: Required, StringLength(255, MinimumLength = 1)] string Description,
    [property: Required, Description("The id of the pet.")] int PetId);
