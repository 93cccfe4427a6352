using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace OrleansShop.Engine.Abstractions.Tests.Context;

/// <summary>An activation without an engine: an id, services, and a lifecycle that a test runs by hand.</summary>
internal class ActivationDouble : IGrainContext
{
    public GrainId GrainId { get; init; } = GrainId.Create("test", "1");

    public object? GrainInstance { get; set; }

    public ServiceCollection Services { get; } = [];

    public LifecycleDouble Lifecycle { get; } = new();

    public DeactivationReason? DeactivatedFor { get; private set; }

    public IServiceProvider ActivationServices => field ??= Services.BuildServiceProvider();

    public IGrainLifecycle ObservableLifecycle => Lifecycle;

    public ActivationId ActivationId => ActivationId.GetDeterministic(GrainId);

    public GrainAddress Address => new() { GrainId = GrainId, ActivationId = ActivationId };

    public Task Deactivated => Task.CompletedTask;

    public GrainReference GrainReference => throw new NotSupportedException();

    public IWorkItemScheduler Scheduler => throw new NotSupportedException();

    public object? GetTarget() => GrainInstance;

    public object? GetComponent(Type componentType) => null;

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default) => DeactivatedFor = deactivationReason;

    public void Activate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public void Migrate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public void ReceiveMessage(object message) => throw new NotSupportedException();

    public void Rehydrate(IRehydrationContext context) => throw new NotSupportedException();

    public void SetComponent<TComponent>(TComponent? value)
        where TComponent : class => throw new NotSupportedException();

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => GrainId.GetHashCode();

    internal sealed class LifecycleDouble : IGrainLifecycle
    {
        private readonly List<(int Stage, ILifecycleObserver Observer)> _observers = [];

        public async Task Start()
        {
            foreach (var (_, observer) in _observers.OrderBy(entry => entry.Stage))
                await observer.OnStart(CancellationToken.None);
        }

        public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
        {
            _observers.Add((stage, observer));
            return new MemoryStream();
        }

        public List<IGrainMigrationParticipant> Migrating { get; } = [];

        public void AddMigrationParticipant(IGrainMigrationParticipant participant) => Migrating.Add(participant);

        public void RemoveMigrationParticipant(IGrainMigrationParticipant participant) => Migrating.Remove(participant);
    }
}
