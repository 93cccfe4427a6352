using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace OrleansShop.Engine.Storage;

/// <summary>
/// Has a silo open its memory storage when it starts and not when a grain first needs it: otherwise the states of a silo that stops would be dropped with
/// it when no other silo has used the storage yet.
/// </summary>
internal sealed class MemoryStoreOpener(IServiceProvider services, string name) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(MemoryStoreOpener), ServiceLifecycleStage.RuntimeStorageServices, _ =>
    {
        services.GetRequiredKeyedService<IGrainStorage>(name);
        return Task.CompletedTask;
    });
}
