using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansShop.Clinic.Http.Answers;
using OrleansShop.Clinic.Http.Configuration;
using OrleansShop.Clinic.Http.Limits;
using OrleansShop.Clinic.Http.Problems;
using OrleansShop.Clinic.Http.Security;

namespace OrleansShop.Clinic.Http;

/// <summary>
/// What stands before the endpoints of the contract, in the monolith and in every service: a request meets problems → limits → routing → CORS → sign-in → roles.
/// </summary>
internal static class ApiPipeline
{
    /// <summary>Needs an <see cref="IForeseenFailures"/> and an <see cref="IUserDirectory"/> beside it.</summary>
    public static IServiceCollection AddClinicApi(this IServiceCollection services, ApiOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Encoder = JsonAnswer.Options.Encoder);
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. options.CorsOrigins]).AllowAnyMethod().AllowAnyHeader().WithExposedHeaders("ETag", "Location").SetPreflightMaxAge(TimeSpan.FromMinutes(10))));
        services.AddClinicSecurity(options);
        return services;
    }

    public static void UseClinicApi(this WebApplication application)
    {
        application.UseMiddleware<ProblemMiddleware>();
        application.Use(RequestLimits.EnforceAsync);
        application.UseRouting();
        application.UseCors();
        application.UseAuthentication();
        application.UseAuthorization();
    }
}
