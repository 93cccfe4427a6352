using OrleansShop.ServiceDefaults.Problems;

namespace OrleansShop.ServiceDefaults.Streams;

/// <summary>Which dead letters are meant, as queries and orders say it. What is null restricts nothing. Immutable.</summary>
/// <param name="Provider">The stream provider.</param>
/// <param name="Namespace">The namespace of the stream.</param>
/// <param name="Key">The key of the stream.</param>
/// <param name="Grain">The type of the grain that could not take it.</param>
/// <param name="Exception">The type of the last failure, with its namespace or without.</param>
/// <param name="OlderThanSeconds">Failed last longer ago than this; 0 to ten years.</param>
/// <param name="YoungerThanSeconds">Failed last not longer ago than this; 0 to ten years.</param>
/// <param name="Limit">How many at most; 1 to <see cref="MaxLimit"/>. Default <see cref="DefaultLimit"/>.</param>
public sealed record DeadLetterSearch(
    string? Provider = null, string? Namespace = null, string? Key = null, string? Grain = null, string? Exception = null, long? OlderThanSeconds = null, long? YoungerThanSeconds = null, int? Limit = null)
{
    /// <summary>The most dead letters of one answer or order. 1000.</summary>
    public const int MaxLimit = 1000;

    /// <summary>How many are meant if nobody says. 100.</summary>
    public const int DefaultLimit = 100;

    private const int MaxTextChars = 1024;
    private const long MaxSeconds = 10L * 365 * 24 * 3600;

    /// <summary>Whether nothing restricts it but the limit.</summary>
    public bool IsForAll => this with { Limit = null } == new DeadLetterSearch();

    /// <summary>Returns the limit.</summary>
    public int LimitOrDefault => Limit ?? DefaultLimit;

    /// <summary>Returns the search if it can be.</summary>
    /// <param name="kind">The kind of the problem if it cannot.</param>
    /// <exception cref="ProblemException">It cannot; the problem names what is wrong.</exception>
    public DeadLetterSearch Checked(ProblemKind kind)
    {
        foreach (var (name, text) in new[] { ("provider", Provider), ("namespace", Namespace), ("key", Key), ("grain", Grain), ("exception", Exception) })
        {
            if (text is { Length: > MaxTextChars }) throw new ProblemException(kind, $"{name} has {text.Length} characters; it may have {MaxTextChars}.");
        }

        foreach (var (name, seconds) in new[] { ("olderThanSeconds", OlderThanSeconds), ("youngerThanSeconds", YoungerThanSeconds) })
        {
            if (seconds is < 0 or > MaxSeconds) throw new ProblemException(kind, $"{name} is {seconds}; it must be from 0 to {MaxSeconds}.");
        }

        return Limit is < 1 or > MaxLimit ? throw new ProblemException(kind, $"limit is {Limit}; it must be from 1 to {MaxLimit}.") : this;
    }
}
