using System.Globalization;

namespace Orleans;

/// <summary>How long callers of the method, or of all methods of the interface, wait for an answer.</summary>
/// <param name="timeout">A time such as <c>00:00:05</c>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Interface)]
public sealed class ResponseTimeoutAttribute(string timeout) : Attribute
{
    /// <summary>The time.</summary>
    public TimeSpan? Timeout { get; init; } = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture);
}
