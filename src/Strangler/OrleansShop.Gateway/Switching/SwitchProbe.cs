using OrleansShop.Gateway.Phases;

namespace OrleansShop.Gateway.Switching;

/// <summary>
/// Stands between the steps of a switch. Does nothing in production; tests put a process's end there, to see what the next start makes of it.
/// </summary>
internal sealed class SwitchProbe
{
    /// <summary>Called after each step before the commit.</summary>
    public Func<SwitchStep, CancellationToken, Task> AfterAsync { get; init; } = static (_, _) => Task.CompletedTask;

    /// <summary>Called when the switch has ended and its writes are still held. Must not throw.</summary>
    public Func<CancellationToken, Task> BeforeReleaseAsync { get; init; } = static _ => Task.CompletedTask;
}
