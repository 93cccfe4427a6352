using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace OrleansShop.Clinic.Monolith.Clinic;

[Description("Editable fields of a pet type.")]
internal sealed record PetTypeFields(
    [property: Required, StringLength(80, MinimumLength = 1), Description("The name of the pet type.")] string Name);

[Description("A pet type.")]
internal sealed record PetType(string Name, [property: Description("The id of the pet type.")] int Id);
