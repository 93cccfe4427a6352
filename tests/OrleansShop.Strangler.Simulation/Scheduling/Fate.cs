namespace OrleansShop.Strangler.Simulation.Scheduling;

/// <summary>What becomes of a message.</summary>
internal enum Fate
{
    Delivered,

    /// <summary>It never arrives, and who sent it hears nothing.</summary>
    Lost,

    /// <summary>It takes effect, and its answer never arrives.</summary>
    AnswerLost,

    /// <summary>It takes effect long after its sender has given up.</summary>
    Late,

    /// <summary>It takes effect, is answered, and takes effect once more, much later.</summary>
    Repeated,
}
