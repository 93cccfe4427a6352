using Microsoft.Extensions.DependencyInjection;

namespace OrleansShop.Engine.Management;

/// <summary>The services of a silo that have a text as key, as providers do, by the name of the type that they are registered as.</summary>
internal sealed class KeyedProviders(IServiceCollection registrations, IServiceProvider services)
{
    /// <summary>The provider; null if there is none.</summary>
    public object? Find(string providerType, string providerName) =>
        registrations.LastOrDefault(service => service.IsKeyedService && providerName.Equals(service.ServiceKey) && service.ServiceType.FullName == providerType) is { } found
            ? services.GetRequiredKeyedService(found.ServiceType, providerName)
            : null;
}
