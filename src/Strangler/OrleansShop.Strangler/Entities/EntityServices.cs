using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Outbox;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Serving;

namespace OrleansShop.Strangler.Entities;

/// <summary>Adds what grains of entities need.</summary>
public static class EntityServices
{
    /// <summary>
    /// Adds <see cref="EntityKind{T}"/>, what the grains of one kind of entity share. Needs the capability (<see cref="CapabilityServices.AddCapability"/>), the bridge's client
    /// (<see cref="MonolithBridgeServices.AddMonolithBridge"/>), and under the capability's name an <see cref="IEntityIndex"/>; for events also an <see cref="IOutboxMarkTable"/> and
    /// <see cref="OutboxServices.AddEventPublishing"/>.
    /// </summary>
    /// <typeparam name="T">The entity's own fields, as the service sees them. Each kind has a type of its own.</typeparam>
    /// <param name="services">The services of the process.</param>
    /// <param name="capability">The capability that the kind belongs to.</param>
    /// <param name="kind">The kind, as the manifest names it.</param>
    /// <param name="mapping">How an entity looks in each of its homes.</param>
    /// <param name="events">The namespace of the streams that the entities' events go to; null if they have none.</param>
    public static IServiceCollection AddEntityKind<T>(this IServiceCollection services, string capability, string kind, IEntityMapping<T> mapping, string? events = null)
        where T : class => services.AddSingleton(provider =>
    {
        var served = provider.GetRequiredKeyedService<ServedCapability>(capability);
        var manifest = served.Manifest.FindEntity(kind) ?? throw new InvalidOperationException($"The capability {capability} has no entity '{kind}' in {CapabilityFile.Name}.");
        return new EntityKind<T>(manifest, mapping, provider.GetRequiredKeyedService<IEntityIndex>(capability), provider.GetRequiredService<IMonolithBridge>(), provider.GetRequiredKeyedService<ICapabilityView>(capability))
        {
            Ledger = provider.GetRequiredService<IOwnershipLedger>(),
            Events = events is null ? null : new EventChannel(capability, events, provider.GetRequiredKeyedService<IOutboxMarkTable>(capability), provider.GetRequiredService<EventPublishing>()),
        };
    });
}
