using Orleans;
using Orleans.Runtime;

namespace OrleansShop.Engine.Hosting;

/// <summary>A task of the application that is part of the start of the silo.</summary>
internal sealed class StartupTask(IServiceProvider services, Func<IServiceProvider, CancellationToken, Task> task, int stage) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe<StartupTask>(stage, cancellationToken => task(services, cancellationToken));
}
