using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansShop.Engine.Activations;
using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Tests;

/// <summary>A silo without a cluster, for tests of what happens inside one.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private readonly IHost _host;

    private TestSilo(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public ActivationCatalog Catalog => Services.GetRequiredService<ActivationCatalog>();

    public static async Task<TestSilo> StartAsync(Action<ISiloBuilder>? configure = null, TimeProvider? time = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        if (time is not null) builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<ICallRouter, LocalCallRouter>();
        builder.UseOrleans(silo => configure?.Invoke(silo));
        builder.Services.RemoveAll<ILifecycleParticipant<ISiloLifecycle>>(IsOfTheCluster);
        var silo = new TestSilo(builder.Build());
        await silo._host.StartAsync();
        return silo;
    }

    public T Get<T>(long key)
        where T : IGrainWithIntegerKey => Grains.GetGrain<T>(key);

    public T Get<T>()
        where T : IGrainWithGuidKey => Grains.GetGrain<T>(Guid.NewGuid());

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private static bool IsOfTheCluster(ServiceDescriptor service) =>
        service.ImplementationType?.Namespace is { } name && (name.Contains(".Membership", StringComparison.Ordinal) || name.Contains(".Messaging", StringComparison.Ordinal) || name.Contains(".Placement", StringComparison.Ordinal));
}

internal static class ServiceRemoval
{
    public static void RemoveAll<TService>(this IServiceCollection services, Func<ServiceDescriptor, bool> condition)
    {
        foreach (var service in services.Where(service => service.ServiceType == typeof(TService) && condition(service)).ToList()) services.Remove(service);
    }
}
