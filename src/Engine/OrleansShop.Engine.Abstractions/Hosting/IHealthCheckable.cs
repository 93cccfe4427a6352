using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>Something that can say whether it is well.</summary>
public interface IHealthCheckable
{
    /// <summary>Says whether it is well. Returns at once.</summary>
    /// <param name="lastCheckTime">When it was asked before, in UTC; <see cref="DateTime.MinValue"/> if never.</param>
    /// <param name="reason">Why it is not; null if it is.</param>
    bool CheckHealth(DateTime lastCheckTime, [NotNullWhen(false)] out string? reason);
}
