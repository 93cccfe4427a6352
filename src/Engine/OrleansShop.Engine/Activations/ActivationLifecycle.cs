using Orleans;
using Orleans.Runtime;

namespace OrleansShop.Engine.Activations;

/// <summary>The stages of one activation: made only if something takes part in them.</summary>
internal sealed class ActivationLifecycle : IGrainLifecycle
{
    private readonly List<Participant> _participants = [];
    private readonly List<IGrainMigrationParticipant> _migrating = [];
    private int _highestStarted = int.MinValue;
    private bool _hasStarted;

    /// <inheritdoc/>
    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        if (_hasStarted) throw new InvalidOperationException($"{observerName} subscribes too late: the activation has begun. Subscribe in the constructor of the grain or of what is injected into it.");
        var participant = new Participant(_participants, stage, observer);
        _participants.Add(participant);
        return participant;
    }

    public void AddMigrationParticipant(IGrainMigrationParticipant participant) => _migrating.Add(participant);

    public void RemoveMigrationParticipant(IGrainMigrationParticipant participant) => _migrating.Remove(participant);

    public IReadOnlyList<IGrainMigrationParticipant> MigrationParticipants => _migrating;

    public void Rehydrate(IRehydrationContext context)
    {
        foreach (var participant in _migrating) participant.OnRehydrate(context);
    }

    /// <summary>Makes the grain's own <c>OnActivateAsync</c> the last of its stage.</summary>
    public void AddGrain(Func<CancellationToken, Task> onActivate) => _participants.Add(new Participant(_participants, GrainLifecycleStage.Activate, new GrainStage(onActivate)));

    /// <summary>Runs the stages in order; those of one stage together.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _hasStarted = true;
        foreach (var stage in _participants.GroupBy(static participant => participant.Stage).OrderBy(static group => group.Key))
        {
            _highestStarted = stage.Key;
            foreach (var participant in stage) await participant.Observer.OnStart(cancellationToken);
        }
    }

    /// <summary>Runs the stages that were begun in reverse.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var stage in _participants.Where(participant => participant.Stage <= _highestStarted).GroupBy(static participant => participant.Stage).OrderByDescending(static group => group.Key))
        {
            foreach (var participant in stage) await participant.Observer.OnStop(cancellationToken);
        }
    }

    private sealed class Participant(List<Participant> owner, int stage, ILifecycleObserver observer) : IDisposable
    {
        public int Stage => stage;

        public ILifecycleObserver Observer => observer;

        public void Dispose() => owner.Remove(this);
    }

    private sealed class GrainStage(Func<CancellationToken, Task> onActivate) : ILifecycleObserver
    {
        public Task OnStart(CancellationToken cancellationToken) => onActivate(cancellationToken);

        // OnDeactivateAsync gets a reason, which this interface has no place for: the activation calls it before the stages.
        public Task OnStop(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
