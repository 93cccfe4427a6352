using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OrleansShop.Engine.EventSourcing;

/// <summary>The services of event-sourced grains.</summary>
internal static class LogServices
{
    public static void Add(IServiceCollection services) => services.TryAddSingleton<ILogProviders, LogProviders>();
}
