namespace OrleansShop.ServiceDefaults.Health;

/// <summary>
/// What a stop may take, from SIGTERM on.
/// <code>
///  SIGTERM                                                                               killed
///    ├── ReadinessDelay ──┼──────────────────── Drain ─────────────────────┼── ending ──────┤
///      unready, serves       requests end; the silo hands over (Handoff),     2 s at least
///                            says goodbye, gives its last answers
/// </code>
/// </summary>
/// <param name="ReadinessDelay">Serving, but unready.</param>
/// <param name="Drain">Until everything has ended.</param>
/// <param name="Handoff">What a silo takes of that until its grains have ended; goodbyes and last answers come after it.</param>
internal readonly record struct StopBudget(TimeSpan ReadinessDelay, TimeSpan Drain, TimeSpan Handoff)
{
    /// <summary>What a process needs to end after everything in it has stopped: logs and telemetry go out.</summary>
    public static readonly TimeSpan Ending = TimeSpan.FromSeconds(2);

    // Two seconds for goodbyes, two for last answers, one for the row in the membership table.
    private static readonly TimeSpan AfterHandoff = TimeSpan.FromSeconds(5);

    public static StopBudget Of(ShutdownOptions options)
    {
        var drain = options.DrainTimeout ?? options.StopTimeout - options.ReadinessDelay - Ending;
        return new(options.ReadinessDelay, drain, drain > 2 * AfterHandoff ? drain - AfterHandoff : drain / 2);
    }

    /// <summary>How long the host waits for its services to stop.</summary>
    public TimeSpan OfHost => ReadinessDelay + Drain;
}
