using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace OrleansShop.Clinic.Http.Bodies;

/// <summary>What a client may set of a vet.</summary>
[Description("Editable fields of a veterinarian.")]
internal sealed record VetFields(
    [property: Required, StringLength(30, MinimumLength = 1), RegularExpression(@"^[\p{L}]+([ '-][\p{L}]+){0,2}$"), Description("The first name of the vet.")] string FirstName,
    [property: Required, StringLength(30, MinimumLength = 1), RegularExpression(@"^[\p{L}]+([ '-][\p{L}]+){0,2}\.?$"), Description("The last name of the vet.")] string LastName,
    [property: Required, Description("The specialties of the vet, each by its id or, without one, by its name.")] IReadOnlyList<SpecialtyReference> Specialties);

/// <summary>A specialty as a client names it: by id, or, where there is none, by name.</summary>
[Description("A specialty by its id or, without one, by its name.")]
internal sealed record SpecialtyReference(int? Id, string? Name);
