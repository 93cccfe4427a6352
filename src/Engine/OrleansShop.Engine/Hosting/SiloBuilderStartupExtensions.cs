using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using OrleansShop.Engine.Hosting;

namespace Orleans.Hosting;

/// <summary>Adds what runs when a silo has started.</summary>
public static class SiloBuilderStartupExtensions
{
    /// <summary>Runs a task in a stage of the start; a failure fails the start.</summary>
    public static ISiloBuilder AddStartupTask<TStartup>(this ISiloBuilder builder, int stage = ServiceLifecycleStage.Active)
        where TStartup : class, IStartupTask =>
        builder.AddStartupTask(static (services, cancellationToken) => ActivatorUtilities.GetServiceOrCreateInstance<TStartup>(services).Execute(cancellationToken), stage);

    /// <summary>Runs a task in a stage of the start; a failure fails the start.</summary>
    public static ISiloBuilder AddStartupTask(this ISiloBuilder builder, IStartupTask startupTask, int stage = ServiceLifecycleStage.Active) =>
        builder.AddStartupTask((_, cancellationToken) => startupTask.Execute(cancellationToken), stage);

    /// <summary>Runs a task in a stage of the start; a failure fails the start.</summary>
    public static ISiloBuilder AddStartupTask(this ISiloBuilder builder, Func<IServiceProvider, CancellationToken, Task> startupTask, int stage = ServiceLifecycleStage.Active)
    {
        ArgumentNullException.ThrowIfNull(startupTask);
        return builder.ConfigureServices(services =>
            services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => new StartupTask(provider, startupTask, stage)));
    }
}
