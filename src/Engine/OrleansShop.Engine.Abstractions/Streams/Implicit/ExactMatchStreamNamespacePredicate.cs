namespace Orleans.Streams;

/// <summary>Means one namespace.</summary>
internal sealed class ExactMatchStreamNamespacePredicate(string streamNamespace) : IStreamNamespacePredicate
{
    public const string Prefix = "namespace:";

    public string PredicatePattern => Prefix + streamNamespace;

    public bool IsMatch(string candidate) => string.Equals(candidate, streamNamespace, StringComparison.Ordinal);
}
