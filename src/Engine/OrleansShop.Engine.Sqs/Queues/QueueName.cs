using System.Buffers;

namespace OrleansShop.Engine.Sqs.Queues;

/// <summary>What SQS takes for the name of a queue: 1 to 80 letters, digits, hyphens and underscores, of which the last may be <c>.fifo</c>.</summary>
internal static class QueueName
{
    private const int Longest = 80;
    private static readonly SearchValues<char> s_allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    public static bool IsValid(string name)
    {
        var stem = name.AsSpan();
        if (stem.EndsWith(".fifo", StringComparison.Ordinal)) stem = stem[..^".fifo".Length];
        return name.Length <= Longest && stem.Length > 0 && !stem.ContainsAnyExcept(s_allowed);
    }

    /// <exception cref="ArgumentException">It is no name of a queue.</exception>
    public static void Check(string name)
    {
        if (!IsValid(name)) throw new ArgumentException($"\"{name}\" is no name of a queue: it must be 1 to {Longest} letters, digits, hyphens and underscores, and may end with .fifo.", nameof(name));
    }
}
