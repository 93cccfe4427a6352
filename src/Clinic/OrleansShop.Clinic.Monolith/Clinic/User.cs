using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace OrleansShop.Clinic.Monolith.Clinic;

/// <summary>What a client sets of a user. A user without a password cannot sign in.</summary>
[Description("A new user.")]
internal sealed record UserFields(
    [property: Required, StringLength(80, MinimumLength = 1), Description("The user name.")] string Username,
    [property: StringLength(80, MinimumLength = 1), Description("The password; never given out again.")] string? Password,
    [property: Description("Whether the user may sign in; true unless given.")] bool? Enabled,
    [property: Description("The roles of the user.")] IReadOnlyList<Role> Roles);

[Description("A user.")]
internal sealed record User(string Username, bool Enabled, IReadOnlyList<Role> Roles);

[Description("A role.")]
internal sealed record Role([property: Required, StringLength(80, MinimumLength = 1)] string Name);
