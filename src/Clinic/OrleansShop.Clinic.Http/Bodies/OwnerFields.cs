using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace OrleansShop.Clinic.Http.Bodies;

/// <summary>What a client may set of an owner.</summary>
[Description("Editable fields of a pet owner.")]
internal sealed record OwnerFields(
    [property: Required, StringLength(30, MinimumLength = 1), RegularExpression(@"^[\p{L}]+([ '-][\p{L}]+){0,2}$"), Description("The first name of the pet owner.")] string FirstName,
    [property: Required, StringLength(30, MinimumLength = 1), RegularExpression(@"^[\p{L}]+([ '-][\p{L}]+){0,2}\.?$"), Description("The last name of the pet owner.")] string LastName,
    [property: Required, StringLength(255, MinimumLength = 1), Description("The postal address of the pet owner.")] string Address,
    [property: Required, StringLength(80, MinimumLength = 1), Description("The city of the pet owner.")] string City,
    [property: Required, StringLength(20, MinimumLength = 1), RegularExpression("^[0-9]*$"), Description("The telephone number of the pet owner.")] string Telephone);
