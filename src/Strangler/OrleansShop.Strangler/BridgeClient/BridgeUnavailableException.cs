namespace OrleansShop.Strangler.BridgeClient;

/// <summary>The bridge, or the database behind it, gave no answer in time. Whether a write took effect is unknown; trying again is safe.</summary>
[GenerateSerializer, Alias("OrleansShop.Strangler.BridgeUnavailable")]
public sealed class BridgeUnavailableException : Exception
{
    /// <summary>Says what was asked and what came of it.</summary>
    /// <param name="message">What was asked of which bridge, and what came of it.</param>
    /// <param name="retryAfter">How long to wait before trying again.</param>
    /// <param name="innerException">What caused it.</param>
    public BridgeUnavailableException(string message, TimeSpan retryAfter, Exception? innerException = null)
        : base(message, innerException) => RetryAfter = retryAfter;

    /// <summary>How long to wait before trying again.</summary>
    [Id(0)]
    public TimeSpan RetryAfter { get; private set; }
}
