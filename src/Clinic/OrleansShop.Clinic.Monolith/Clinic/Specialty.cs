using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace OrleansShop.Clinic.Monolith.Clinic;

[Description("Editable fields of a specialty.")]
internal sealed record SpecialtyFields(
    [property: Required, StringLength(80, MinimumLength = 1), Description("The name of the specialty.")] string Name);

[Description("A specialty of vets.")]
internal sealed record Specialty([property: Description("The id of the specialty.")] int Id, string Name);
