using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Placement;

namespace OrleansShop.Engine.Services;

/// <summary>One grain service of this silo: makes its instance, starts and stops it with the silo, and tells it of its range.</summary>
/// <param name="serviceClass">The class.</param>
/// <param name="services">The services of the silo.</param>
internal sealed partial class GrainServiceHost(Type serviceClass, IServiceProvider services) : ILifecycleParticipant<ISiloLifecycle>
{
    private readonly Type _interface = GrainServiceNames.InterfaceOf(serviceClass);
    private readonly GrainServiceOwners _owners = services.GetRequiredService<GrainServiceOwners>();
    private readonly ILogger _logger = services.GetRequiredService<ILogger<GrainServiceHost>>();

    // From its start on; the observers of the process hold it weakly.
    private GrainService? _service;

    // In its turns only.
    private PartitionSet _share = PartitionSet.Empty;
    private bool _isFollowing;
    private bool _mustLookAgain;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(serviceClass.Name, ServiceLifecycleStage.RuntimeGrainServices, Start, Stop);

    private async Task Start(CancellationToken cancellationToken)
    {
        var observers = services.GetRequiredService<LocalObservers>();
        var name = GrainServiceNames.TargetOf(_interface);
        var service = (GrainService)ActivatorUtilities.CreateInstance(services, serviceClass, observers.IdOf(name), services.GetRequiredService<Silo>());
        _service = service;
        service.Context = observers.AddService(name, service);
        await InTurn(async () =>
        {
            Enter(_owners.OwnShare(_interface));
            await service.Init(services);
            await service.Start();
        });
        _owners.Changed += LookAtShare;
        LookAtShare();
    }

    private async Task Stop(CancellationToken cancellationToken)
    {
        if (_service is not { } service) return;
        _owners.Changed -= LookAtShare;
        await InTurn(async () =>
        {
            service.Context.DisposeTimers();
            await service.Stop();
        });
    }

    private Task InTurn(Func<Task> step) =>
        Task.Factory.StartNew(step, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _service!.Context).Unwrap();

    private void LookAtShare() => _service!.Context.QueueAction(static host => _ = ((GrainServiceHost)host).FollowShare(), this);

    // One change at a time, however long the service takes for it; what changes meanwhile is looked at when it has ended.
    private async Task FollowShare()
    {
        _mustLookAgain = true;
        if (_isFollowing) return;
        _isFollowing = true;
        while (_mustLookAgain)
        {
            _mustLookAgain = false;
            var now = _owners.OwnShare(_interface);
            var kept = now.Intersect(_share);
            if (!kept.Equals(_share)) await Change(kept, increased: false);
            if (!now.Equals(_share)) await Change(now, increased: true);
        }

        _isFollowing = false;
    }

    private async Task Change(PartitionSet share, bool increased)
    {
        var before = new PartitionRange(_share);
        Enter(share);
        try
        {
            await _service!.OnRangeChange(before, new PartitionRange(share), increased);
        }
#pragma warning disable CA1031 // The range has changed all the same, and the next change has to be told.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogRangeChangeFailed(failure, _service!, share);
        }
    }

    private void Enter(PartitionSet share)
    {
        _share = share;
        _service!.Enter(new PartitionRange(share));
    }

    [LoggerMessage(1880, LogLevel.Error, "{Service} has failed in OnRangeChange; its range is {Share} now.")]
    private partial void LogRangeChangeFailed(Exception failure, GrainService service, PartitionSet share);

    [LoggerMessage(1881, LogLevel.Error, "{Service} has failed in StartInBackground; it stays started.")]
    public static partial void LogBackgroundFailed(ILogger logger, Exception failure, GrainService service);
}
