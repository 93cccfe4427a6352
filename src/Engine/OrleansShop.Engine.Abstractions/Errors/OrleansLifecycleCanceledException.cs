namespace Orleans.Runtime;

/// <summary>A start was cancelled before it was complete.</summary>
[GenerateSerializer]
public sealed class OrleansLifecycleCanceledException : OrleansException
{
    internal OrleansLifecycleCanceledException(string message)
        : base(message)
    {
    }

    internal OrleansLifecycleCanceledException(string message, Exception? innerException)
        : base(message, innerException!)
    {
    }
}
