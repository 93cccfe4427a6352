namespace Orleans.Configuration;

/// <summary>How silos and clients connect.</summary>
public class ConnectionOptions
{
    /// <summary>The time if none is set: 5 s.</summary>
    public static readonly TimeSpan DEFAULT_OPENCONNECTION_TIMEOUT = TimeSpan.FromSeconds(5);

    /// <summary>How many connections there are to one silo. Default: 1.</summary>
    public int ConnectionsPerEndpoint { get; set; } = 1;

    /// <summary>How long to wait after a failed try. Default: 1 s.</summary>
    public TimeSpan ConnectionRetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a try may take. Default: 5 s.</summary>
    public TimeSpan OpenConnectionTimeout { get; set; } = DEFAULT_OPENCONNECTION_TIMEOUT;
}
