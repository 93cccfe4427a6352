using OrleansShop.Gateway.Phases;

namespace OrleansShop.Gateway.Switching;

/// <summary>
/// Called after each step of a switch. Does nothing in production; tests put a process's end there, to see what the next start makes of it.
/// </summary>
internal sealed class SwitchProbe
{
    public Func<SwitchStep, CancellationToken, Task> AfterAsync { get; init; } = static (_, _) => Task.CompletedTask;
}
