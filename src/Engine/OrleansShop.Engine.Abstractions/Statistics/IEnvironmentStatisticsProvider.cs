namespace Orleans.Statistics;

/// <summary>Measures how busy this process is.</summary>
public interface IEnvironmentStatisticsProvider
{
    /// <summary>The latest measurement. Cheap: it measures at most once a second.</summary>
    EnvironmentStatistics GetEnvironmentStatistics();
}
