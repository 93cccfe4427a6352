using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Outbox;

namespace OrleansShop.Clinic.Testing.Crashing;

/// <summary>Puts a crash point between the grains and everything durable.</summary>
internal static class CrashPointServices
{
    public static void AddCrashPoint(this IServiceCollection services, CrashPoint crash)
    {
        services.Wrap<IMonolithBridge>(bridge => new LostBridge(bridge, crash));
        services.Wrap<IEntityIndex>(index => new LostIndex(index, crash));
        services.Wrap<IOutboxMarkTable>(marks => new LostMarks(marks, crash));
        services.Wrap<IEventTransport>(transport => new LostTransport(transport, crash));
        services.Wrap<IGrainStorage>(storage => new LostStorage(storage, crash));
    }

    internal static void Wrap<T>(this IServiceCollection services, Func<T, T> wrap)
        where T : class
    {
        foreach (var inner in services.Where(service => service.ServiceType == typeof(T)).ToList())
        {
            services.Remove(inner);
            services.Add(inner.IsKeyedService
                ? ServiceDescriptor.KeyedSingleton(inner.ServiceKey, (provider, key) => wrap((T)inner.KeyedImplementationFactory!(provider, key)))
                : ServiceDescriptor.Singleton(provider => wrap((T)(inner.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!)))));
        }
    }
}
