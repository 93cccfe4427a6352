namespace OrleansShop.Engine.Simulation.Checking;

/// <summary>How long things may take, in virtual time.</summary>
internal static class Bounds
{
    /// <summary>From the end of the trouble until every grain has answered.</summary>
    public static readonly TimeSpan Recovery = TimeSpan.FromSeconds(20);

    /// <summary>From a call's timeout until its caller knows: the engine looks for overdue calls four times a second.</summary>
    public static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(2);
}
