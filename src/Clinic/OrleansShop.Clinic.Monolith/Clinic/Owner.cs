using System.ComponentModel;

namespace OrleansShop.Clinic.Monolith.Clinic;

[Description("A pet owner.")]
internal sealed record Owner(
    string FirstName,
    string LastName,
    string Address,
    string City,
    string Telephone,
    [property: Description("The id of the pet owner.")] int Id,
    [property: Description("The pets of this owner with their visits, in the order of their ids.")] IReadOnlyList<Pet> Pets);

[Description("A page of pet owners.")]
internal sealed record OwnerPage(IReadOnlyList<Owner> Content, int Page, int Size, long TotalElements, int TotalPages);
