using OrleansShop.Engine.Simulation.Tracing;

namespace OrleansShop.Engine.Simulation.Checking;

/// <summary>The promises that were broken in a run. The first is its outcome: what follows may come of it.</summary>
internal sealed class Violations(Trace trace)
{
    public Violation? First { get; private set; }

    /// <summary>Notes one. It must not be thrown where it is found: there the engine would catch it.</summary>
    public void Add(string what)
    {
        trace.Note("VIOLATION", what);
        First ??= new Violation(what);
    }
}
