using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Statistics;
using OrleansShop.Engine.Activations;
using OrleansShop.Engine.Activations.Watch;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Calls.Filters;
using OrleansShop.Engine.Cancellation;
using OrleansShop.Engine.Diagnostics;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Storage;
using OrleansShop.Engine.Versions;

namespace OrleansShop.Engine.Hosting;

/// <summary>
/// What silos and clients have in common: references, the sending and answering of calls, observers. Whoever uses it registers a
/// <see cref="ProcessIdentity"/>, its <see cref="MessagingOptions"/> and an <see cref="ICallRouter"/>.
/// </summary>
internal static class CallServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSerializer();
        services.AddMetrics();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        StorageServices.Add(services);

        services.TryAddSingleton<CallClock>();
        services.TryAddSingleton<PendingCalls>();
        services.TryAddSingleton<Answers>();
        services.TryAddSingleton<EngineMetrics>();
        services.TryAddSingleton<IEnvironmentStatisticsProvider, ProcessStatistics>();
        services.TryAddSingleton(static provider => new GrainTypes(
            provider.GetRequiredService<TypeManifestBuilder>(),
            provider.GetRequiredService<IOptions<GrainTypeOptions>>().Value.Classes,
            provider.GetRequiredService<ProcessIdentity>().IsSilo,
            provider.GetServices<HostedGrainType>(),
            provider.GetRequiredService<InterfaceVersions>()));
        services.TryAddSingleton(static _ => new InterfaceVersions());
        services.TryAddSingleton<ReferenceFactory>();
        services.TryAddSingleton<IncomingFilters>();
        services.TryAddSingleton<OutgoingFilters>();
        services.TryAddSingleton(static provider => new Lazy<ICallRouter>(provider.GetRequiredService<ICallRouter>));
        services.TryAddSingleton(static provider => Timeouts(provider.GetRequiredService<MessagingOptions>()));
        services.TryAddSingleton<CallSender>();
        services.TryAddSingleton<ICallSender>(static provider => provider.GetRequiredService<CallSender>());
        services.TryAddSingleton(static provider => new LocalObservers(provider.GetRequiredService<ProcessIdentity>().ClientId, NewHost(provider)));
        services.TryAddSingleton(static provider => new LocalCalls(provider.GetRequiredService<LocalObservers>(), provider.GetService<ActivationCatalog>(), provider.GetRequiredService<Answers>()));
        services.TryAddSingleton(static provider =>
        {
            // References need the sender before the first of them is made.
            provider.GetRequiredService<CallSender>();
            return ActivatorUtilities.CreateInstance<ClusterClient>(provider);
        });
        services.TryAddSingleton<IClusterClient>(static provider => provider.GetRequiredService<ClusterClient>());
        services.TryAddSingleton<IGrainFactory>(static provider => provider.GetRequiredService<ClusterClient>());
        services.TryAddSingleton<IGrainContextAccessor, GrainContextAccessor>();
        services.TryAddSingleton<ReceivedTokens>();
        services.TryAddKeyedTransient<IGrainExtension>(
            typeof(IGrainCancellationExtension), static (provider, _) => ActivatorUtilities.CreateInstance<GrainCancellationExtension>(provider));
    }

    /// <summary>What activations, or observer objects, share. Each home of activations has its own.</summary>
    public static ActivationHost NewHost(IServiceProvider provider)
    {
        var messaging = provider.GetRequiredService<MessagingOptions>();
        var collection = provider.GetRequiredService<IOptions<GrainCollectionOptions>>().Value;
        var clock = provider.GetRequiredService<CallClock>();
        var scheduling = provider.GetRequiredService<IOptions<SchedulingOptions>>().Value;
        var host = new ActivationHost(provider.GetRequiredService<ILogger<ActivationHost>>())
        {
            Clock = clock,
            Requests = new RequestWatch(RequestLimits.Of(messaging as SiloMessagingOptions ?? new()), provider.GetRequiredService<ILogger<RequestWatch>>()),
            Answers = provider.GetRequiredService<Answers>(),
            LateRouter = provider.GetRequiredService<Lazy<ICallRouter>>(),
            Services = provider,
            Runtime = new Lazy<IGrainRuntime>(provider.GetRequiredService<IGrainRuntime>),
            References = provider.GetRequiredService<ReferenceFactory>(),
            IncomingFilters = provider.GetRequiredService<IncomingFilters>(),
            Metrics = provider.GetRequiredService<EngineMetrics>(),
            NewFence = FencesOf(provider),
            Lease = provider.GetService<SiloLease>() ?? SiloLease.OfNobody,
            SiloAddress = provider.GetRequiredService<ProcessIdentity>().Address,
            ActivationTimeout = collection.ActivationTimeout,
            DeactivationTimeout = collection.DeactivationTimeout,
            ResponseTimeout = Timeouts(messaging).ResponseTimeout,
            DropsExpired = messaging.DropExpiredMessages,
            TurnWarningMs = (long)scheduling.TurnWarningLengthThreshold.TotalMilliseconds,
            DelayWarningMs = (long)scheduling.DelayWarningThreshold.TotalMilliseconds,
            AfterEndWarningMs = (long)scheduling.StoppedActivationWarningInterval.TotalMilliseconds,
        };
        clock.AtEachTick(new TurnWatch(host).Sweep);
        clock.AtEachTick(host.Requests.Sweep);
        return host;
    }

    private static Func<Fence> FencesOf(IServiceProvider provider)
    {
        if (provider.GetService<RingHolder>() is not { } ring || provider.GetService<SiloLease>() is null) return static () => default;
        var silo = provider.GetRequiredService<ProcessIdentity>().Address;
        return () => Fences.Of(ring.Current.View, silo);
    }

    // Under a debugger a breakpoint must not be a timeout.
    private static CallSenderOptions Timeouts(MessagingOptions options) => new(
        System.Diagnostics.Debugger.IsAttached ? options.ResponseTimeoutWithDebugger : options.ResponseTimeout, options.CancelRequestOnTimeout, options.WaitForCancellationAcknowledgement);
}
