using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace OrleansShop.Clinic.Monolith.Clinic;

/// <summary>What a client may set of a pet. Of the type only the id counts.</summary>
[Description("Editable fields of a pet.")]
internal sealed record PetFields(
    [property: Required, StringLength(30), Description("The name of the pet.")] string Name,
    [property: Required, Description("The date of birth of the pet, from 1900-01-01 to today.")] DateOnly BirthDate,
    [property: Required, Description("The type of the pet; its id decides.")] PetType Type);

[Description("A pet.")]
internal sealed record Pet(
    string Name,
    DateOnly BirthDate,
    PetType Type,
    [property: Description("The id of the pet.")] int Id,
    [property: Description("The id of the pet's owner.")] int OwnerId,
    [property: Description("The visits of the pet, in the order of their ids.")] IReadOnlyList<Visit> Visits);

[Description("A page of pets.")]
internal sealed record PetPage(IReadOnlyList<Pet> Content, int Page, int Size, long TotalElements, int TotalPages);
