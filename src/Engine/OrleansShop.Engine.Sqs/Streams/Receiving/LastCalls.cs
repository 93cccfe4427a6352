using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace OrleansShop.Engine.Sqs.Streams.Receiving;

/// <summary>
/// Calls to SQS that outlast the agents that began them: receives that wait for a first message, and what gives messages back. The next agent does not wait for them, here or in another silo; a silo
/// that stops waits for them at its very end. Thread-safe.
/// </summary>
/// <remarks>
/// A receive that is cut off may be answered nevertheless, and nobody would give back what it got: it would be hidden until its visibility timeout is over, and on FIFO queues all of its groups with it.
/// </remarks>
internal sealed partial class LastCalls(string provider, ILogger<LastCalls> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    private readonly ILogger _logger = logger;

    // Guards the calls.
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _calls = [];

    /// <summary>How many are under way.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _calls.Count;
        }
    }

    /// <summary>Takes on a call. Whoever began it sees to its failures.</summary>
    public void Add(Task call)
    {
        lock (_gate)
            _calls.Add(call);
        _ = call.ContinueWith(
            ended =>
            {
                lock (_gate)
                    _calls.Remove(ended);
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>After the silo has left its cluster: nobody waits for these but its process.</summary>
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe($"{nameof(LastCalls)} {provider}", ServiceLifecycleStage.RuntimeInitialize, static _ => Task.CompletedTask, End);

    // Each call has its own limits; beyond those the host has its time to stop.
    private async Task End(CancellationToken cancellationToken)
    {
        List<Task> calls;
        lock (_gate)
            calls = [.. _calls];
        await Task.WhenAll(calls).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (calls.Count(static call => !call.IsCompleted) is > 0 and var cut) LogCut(cut, provider);
    }
}
