using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Strangler.Admission;

namespace OrleansShop.Strangler.Serving;

/// <summary>The key of the endpoints that a service has for its gateway alone.</summary>
public static class ServiceKey
{
    /// <summary>The header that carries the key.</summary>
    public const string Header = "X-Strangler-Key";

    /// <summary>The configuration key of the key. Without it the endpoints ask for none.</summary>
    public const string ConfigurationKey = "Strangler:AdminKey";

    /// <summary>When <c>Strangler:AdminKey</c> is configured, the endpoints of the group ask for it in the header <c>X-Strangler-Key</c>; else they ask for none.</summary>
    /// <param name="group">The endpoints.</param>
    /// <param name="services">The services of the application, for its configuration.</param>
    public static RouteGroupBuilder RequireServiceKey(this RouteGroupBuilder group, IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(group);
        var key = services.GetRequiredService<IConfiguration>()[ConfigurationKey];
        return group.AddEndpointFilter((invocation, next) => AuthorizeAsync(key, invocation, next));
    }

    private static ValueTask<object?> AuthorizeAsync(string? key, EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var given = invocation.HttpContext.Request.Headers[Header].ToString();
        return string.IsNullOrEmpty(key) || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(given))
            ? next(invocation)
            : new(StranglerProblem.Unauthorized.At($"The header {Header} must carry the key that the service is configured with ({ConfigurationKey})."));
    }
}
