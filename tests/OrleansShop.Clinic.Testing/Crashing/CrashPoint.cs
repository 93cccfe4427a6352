using OrleansShop.Strangler.BridgeClient;

namespace OrleansShop.Clinic.Testing.Crashing;

/// <summary>
/// Stands in for the loss of a process: from a chosen step on, nothing durable happens any more, until the services are started anew.
/// </summary>
public sealed class CrashPoint
{
    private volatile bool _isDown;

    /// <summary>The step at which the process is lost.</summary>
    public WriteStep Step { get; set; }

    /// <summary>Whether the step has been reached.</summary>
    public bool IsReached => _isDown;

    internal async Task<T> RunAsync<T>(WriteStep before, WriteStep after, Func<Task<T>> step)
    {
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
