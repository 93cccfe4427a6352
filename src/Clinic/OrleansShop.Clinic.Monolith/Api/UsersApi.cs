using OrleansShop.Clinic.Http.Answers;
using OrleansShop.Clinic.Http.Bodies;
using OrleansShop.Clinic.Http.Security;
using OrleansShop.Clinic.Monolith.Clinic;
using OrleansShop.Clinic.Monolith.Documentation;

namespace OrleansShop.Clinic.Monolith.Api;

/// <summary>Users.</summary>
internal static class UsersApi
{
    public static void MapUsers(this IEndpointRouteBuilder api) => api.MapGroup("").WithTags("users").RequireAuthorization(Roles.Admin)
        .MapPost("users", AddAsync).Creates<UserFields, User>("addUser", "Creates a user").Fails(409);

    private static async Task AddAsync(HttpContext http, UserService users)
    {
        var fields = UserBody.Read(await RequestBody.ReadAsync(http));
        var user = await users.AddAsync(fields, http.RequestAborted);
        await JsonAnswer.CreatedAsync(http, $"users/{Uri.EscapeDataString(user.Username)}", user);
    }
}
