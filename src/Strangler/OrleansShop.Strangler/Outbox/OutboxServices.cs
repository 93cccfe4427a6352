using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrleansShop.Strangler.Entities;

namespace OrleansShop.Strangler.Outbox;

/// <summary>Adds what outboxes need.</summary>
public static class OutboxServices
{
    /// <summary>
    /// Adds what all outboxes of a process share, once: <see cref="EventPublishing"/>, with <see cref="OutboxOptions"/> from the section <c>Outbox</c>. Needs a <see cref="TimeProvider"/>, and the silo needs the stream provider
    /// <see cref="Events.EventStreams.Provider"/>.
    /// </summary>
    public static IServiceCollection AddEventPublishing(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddOptions<OutboxOptions>().BindConfiguration("Outbox").ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OutboxOptions>, OutboxOptionsValidator>());
        services.TryAddSingleton<IEventTransport, StreamEventTransport>();
        services.TryAddSingleton<OutboxMetrics>();
        services.TryAddSingleton(static provider => ActivatorUtilities.CreateInstance<EventPublishing>(provider, new Random(RandomNumberGenerator.GetInt32(int.MaxValue))));
        return services;
    }

    /// <summary>
    /// Has the outboxes of a service's entities swept. Needs, under the service's name, an <see cref="IOutboxMarkTable"/> and an <see cref="IndexedContent"/>; the process adds
    /// <see cref="OutboxSweeper"/> after its silo.
    /// </summary>
    public static IServiceCollection AddSweptOutboxes(this IServiceCollection services, string service) => services.AddSingleton(provider => new SweptOutboxes(
        service, provider.GetRequiredKeyedService<IOutboxMarkTable>(service), provider.GetRequiredKeyedService<IndexedContent>(service)));
}
