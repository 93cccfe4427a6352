namespace OrleansShop.Strangler.Switching;

/// <summary>A switch cannot happen now. The phase is as it was.</summary>
/// <param name="message">What stands against it.</param>
/// <param name="retryAfter">How long to wait before the next try, or null when waiting does not help.</param>
/// <param name="innerException">What caused it.</param>
internal sealed class SwitchRefusedException(string message, TimeSpan? retryAfter, Exception? innerException = null) : Exception(message, innerException)
{
    internal TimeSpan? RetryAfter { get; } = retryAfter;
}
