using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Streams.Memory;

namespace OrleansShop.Engine.Streams.DeadLetters;

/// <summary>Gives stream providers dead letters.</summary>
public static class DeadLetterServices
{
    /// <summary>Adds the dead letters of a stream provider: under its name an <see cref="IDeadLetterQueue"/> and an <see cref="IDeadLetterStore"/>, which are one object.</summary>
    /// <typeparam name="T">Keeps them.</typeparam>
    /// <param name="services">The services of a silo.</param>
    /// <param name="provider">The name of the stream provider.</param>
    /// <param name="create">Makes it; given the provider's name.</param>
    public static IServiceCollection AddStreamDeadLetters<T>(this IServiceCollection services, string provider, Func<IServiceProvider, string, T> create)
        where T : class, IDeadLetterQueue, IDeadLetterStore
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(provider);
        ArgumentNullException.ThrowIfNull(create);
        services.AddOptions<StreamDeadLetterOptions>(provider).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(new ProviderWithDeadLetters(provider));
        services.AddKeyedSingleton(provider, (from, key) => create(from, (string)key!));
        services.AddKeyedSingleton<IDeadLetterQueue>(provider, static (from, key) => from.GetRequiredKeyedService<T>(key));
        services.AddKeyedSingleton<IDeadLetterStore>(provider, static (from, key) => from.GetRequiredKeyedService<T>(key));
        return services;
    }

    /// <summary>Adds dead letters to a provider of streams in memory, whose queues have no place for them.</summary>
    /// <param name="services">The services of a silo.</param>
    /// <param name="provider">The name of the stream provider.</param>
    /// <param name="open">Opens the table that keeps them; given the provider's name. Silos that share a cluster may share it.</param>
    public static IServiceCollection AddMemoryStreamDeadLetters(this IServiceCollection services, string provider, Func<IServiceProvider, string, IDeadLetterTable> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        services.AddStreamDeadLetters(provider, static (from, name) => new MemoryDeadLetters(
            name,
            from.GetRequiredKeyedService<IDeadLetterTable>(name),
            from,
            from.GetRequiredService<ReferenceFactory>(),
            from.GetRequiredService<StreamMetrics>(),
            from.GetRequiredService<TimeProvider>(),
            from.GetRequiredService<ILogger<MemoryDeadLetters>>()));
        return services.AddKeyedSingleton(provider, (from, key) => open(from, (string)key!));
    }
}
