namespace Orleans;

/// <summary>Decides whether a client that could not connect at start tries again.</summary>
public interface IClientConnectionRetryFilter
{
    /// <summary>Returns whether to try again; may wait before it does.</summary>
    Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken);
}
