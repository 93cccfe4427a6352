using Microsoft.Extensions.DependencyInjection;

namespace OrleansShop.Engine.Storage;

/// <summary>The names under which providers are registered, to tell whoever asks for another.</summary>
internal sealed class ProviderNames(IServiceCollection services)
{
    /// <summary>Returns a clause that names those of one kind.</summary>
    public string Registered<TProvider>()
    {
        var names = services.Where(static service => service.ServiceType == typeof(TProvider) && service.ServiceKey is string)
            .Select(static service => $"\"{service.ServiceKey}\"").Distinct().Order(StringComparer.Ordinal).ToList();
        return names.Count == 0 ? "none is registered at all" : $"registered are {string.Join(", ", names)}";
    }
}
