using System.Text.Json;
using OrleansShop.Clinic.Http.Bodies;
using OrleansShop.Clinic.Monolith.Clinic;

namespace OrleansShop.Clinic.Monolith.Api;

/// <summary>Body of POST of a user.</summary>
internal static class UserBody
{
    private const int MaxRoles = 100;

    public static UserFields Read(JsonElement body)
    {
        var rules = BodyRules.Over(body);
        var fields = new UserFields(
            Username: rules.Text("username", TextRule.Name80),
            Password: rules.OptionalText("password", TextRule.Name80),
            Enabled: rules.Flag("enabled"),
            Roles: [.. rules.Objects("roles", required: false, MaxRoles).Select(role => new Role(role.Text("name", TextRule.Name80)))]);
        rules.ThrowIfBroken();
        return fields;
    }
}
