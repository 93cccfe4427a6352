namespace OrleansShop.Strangler.Simulation.Scheduling;

/// <summary>How often what goes wrong, as probabilities: of messages, and of a process at a step.</summary>
internal sealed record Faults(double Lost, double AnswerLost, double Late, double Repeated, double CrashAtStep, double FreezeAtStep, long MaxLateness)
{
    public static Faults None { get; } = new(0, 0, 0, 0, 0, 0, 0);

    public static Faults Many { get; } = new(Lost: 0.01, AnswerLost: 0.01, Late: 0.04, Repeated: 0.02, CrashAtStep: 0.01, FreezeAtStep: 0.01, MaxLateness: 15_000);

    public Fate Draw(Scheduler scheduler)
    {
        var drawn = scheduler.Random.NextDouble();
        if ((drawn -= Lost) < 0) return Fate.Lost;
        if ((drawn -= AnswerLost) < 0) return Fate.AnswerLost;
        if ((drawn -= Late) < 0) return Fate.Late;
        return drawn - Repeated < 0 ? Fate.Repeated : Fate.Delivered;
    }
}
