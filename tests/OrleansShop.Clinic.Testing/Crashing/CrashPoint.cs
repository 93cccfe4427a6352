using System.Collections.Concurrent;
using OrleansShop.Strangler.BridgeClient;

namespace OrleansShop.Clinic.Testing.Crashing;

/// <summary>
/// Stands in for the loss of a process: from a chosen step on, nothing durable happens any more, until the services are started anew.
/// </summary>
public sealed class CrashPoint
{
    private readonly ConcurrentDictionary<WriteStep, int> _calls = new();
    private volatile bool _isDown;

    /// <summary>The step at which the process is lost.</summary>
    public WriteStep Step { get; set; }

    /// <summary>How many calls to something durable have been made, by what comes before them.</summary>
    public IReadOnlyDictionary<WriteStep, int> Calls => _calls;

    /// <summary>Whether the step has been reached.</summary>
    public bool IsReached => _isDown;

    internal async Task<T> RunAsync<T>(WriteStep before, WriteStep after, Func<Task<T>> step)
    {
        _calls.AddOrUpdate(before, 1, static (_, count) => count + 1);
        Pass(before);
        var result = await step();
        Pass(after);
        return result;
    }

    internal Task RunAsync(WriteStep before, WriteStep after, Func<Task> step) => RunAsync(before, after, async () =>
    {
        await step();
        return true;
    });

    /// <summary>Ends a read, too, once the process is lost.</summary>
    internal void Pass(WriteStep at = WriteStep.None)
    {
        if (at != WriteStep.None && at == Step) _isDown = true;
        if (_isDown) throw new BridgeUnavailableException($"The process is lost at {Step}.", TimeSpan.FromSeconds(1));
    }
}
