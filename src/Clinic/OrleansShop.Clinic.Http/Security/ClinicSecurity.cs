using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using OrleansShop.Clinic.Http.Configuration;

namespace OrleansShop.Clinic.Http.Security;

/// <summary>Sign-in and roles. Switched off, the same policies let everybody pass.</summary>
internal static class ClinicSecurity
{
    public static IServiceCollection AddClinicSecurity(this IServiceCollection services, ApiOptions options)
    {
        services.AddSingleton<IPasswordHasher<string>, PasswordHasher<string>>();
        services.AddSingleton<PasswordCheck>();

        // The core only: the full registration brings data protection along, which writes keys into the home folder that nothing here would use.
        services.AddAuthenticationCore(authentication =>
        {
            authentication.DefaultScheme = BasicAuthentication.Scheme;
            authentication.AddScheme<BasicAuthentication>(BasicAuthentication.Scheme, displayName: null);
        });
        services.AddTransient<BasicAuthentication>();
        services.AddWebEncoders();
        services.AddAuthorizationBuilder()
            .AddPolicy(Roles.OwnerAdmin, policy => Require(policy, options, Roles.OwnerAdmin))
            .AddPolicy(Roles.VetAdmin, policy => Require(policy, options, Roles.VetAdmin))
            .AddPolicy(Roles.OwnerOrVetAdmin, policy => Require(policy, options, Roles.OwnerAdmin, Roles.VetAdmin))
            .AddPolicy(Roles.Admin, policy => Require(policy, options, Roles.Admin));
        return services;
    }

    private static void Require(AuthorizationPolicyBuilder policy, ApiOptions options, params string[] anyOf)
    {
        if (options.SecurityEnabled) policy.RequireAuthenticatedUser().RequireRole(anyOf);
        else policy.RequireAssertion(_ => true);
    }
}
