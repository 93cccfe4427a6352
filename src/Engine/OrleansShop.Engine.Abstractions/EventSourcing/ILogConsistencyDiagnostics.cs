namespace Orleans.EventSourcing;

/// <summary>Counts what happens between one grain and its log. Off by default.</summary>
public interface ILogConsistencyDiagnostics
{
    /// <summary>Starts counting, from zero.</summary>
    void EnableStatsCollection();

    /// <summary>Stops counting and drops the counts.</summary>
    void DisableStatsCollection();

    /// <summary>Returns the counts; null while nothing is counted.</summary>
    LogConsistencyStatistics? GetStats();
}
