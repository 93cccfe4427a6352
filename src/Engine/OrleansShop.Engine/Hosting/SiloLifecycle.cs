using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace OrleansShop.Engine.Hosting;

/// <summary>The stages of a silo: started in ascending order, stopped in descending order. Those of one stage run together.</summary>
internal sealed partial class SiloLifecycle : ISiloLifecycle
{
    private readonly ILogger _logger;
    private readonly List<Participant> _participants = [];

    public SiloLifecycle(IEnumerable<ILifecycleParticipant<ISiloLifecycle>> participants, ILogger<SiloLifecycle> logger)
    {
        _logger = logger;
        foreach (var participant in participants) participant.Participate(this);
    }

    public int HighestCompletedStage { get; private set; } = int.MinValue;

    public int LowestStoppedStage { get; private set; } = int.MaxValue;

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        var participant = new Participant(_participants, observerName, stage, observer);
        _participants.Add(participant);
        return participant;
    }

    /// <summary>Runs all stages. Stops at the first failure, which is thrown; what was started has to be stopped then.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var stage in _participants.GroupBy(static participant => participant.Stage).OrderBy(static group => group.Key).ToList())
        {
            await Task.WhenAll(stage.Select(participant => participant.Observer.OnStart(cancellationToken)));
            HighestCompletedStage = stage.Key;
        }
    }

    /// <summary>Stops the stages that were begun. A failure is logged and does not keep the others from stopping.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var stage in _participants.GroupBy(static participant => participant.Stage).OrderByDescending(static group => group.Key).ToList())
        {
            await Task.WhenAll(stage.Select(participant => Stop(participant, cancellationToken)));
            LowestStoppedStage = stage.Key;
        }
    }

    private async Task Stop(Participant participant, CancellationToken cancellationToken)
    {
        try
        {
            await participant.Observer.OnStop(cancellationToken);
        }
        catch (Exception e)
        {
            LogStopFailed(e, participant.Name, participant.Stage);
        }
    }

    [LoggerMessage(1030, LogLevel.Error, "{Name} failed to stop in stage {Stage}; the silo goes on stopping.")]
    private partial void LogStopFailed(Exception exception, string name, int stage);

    private sealed class Participant(List<Participant> owner, string name, int stage, ILifecycleObserver observer) : IDisposable
    {
        public string Name => name;

        public int Stage => stage;

        public ILifecycleObserver Observer => observer;

        public void Dispose() => owner.Remove(this);
    }
}
