using System.Text.RegularExpressions;

namespace Orleans.Streams;

/// <summary>Means the namespaces that a regular expression finds.</summary>
internal sealed class RegexStreamNamespacePredicate : IStreamNamespacePredicate
{
    public const string Prefix = "regex:";

    // An expression that takes longer on a namespace is not one for every event of a queue.
    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(100);

    private readonly Regex _regex;

    public RegexStreamNamespacePredicate(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        _regex = new Regex(pattern, RegexOptions.CultureInvariant, s_timeout);
    }

    public string PredicatePattern => Prefix + _regex;

    public bool IsMatch(string streamNamespace) => _regex.IsMatch(streamNamespace);
}
