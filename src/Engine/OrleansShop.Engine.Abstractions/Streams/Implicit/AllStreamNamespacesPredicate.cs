namespace Orleans.Streams;

/// <summary>Means all namespaces.</summary>
internal sealed class AllStreamNamespacesPredicate : IStreamNamespacePredicate
{
    public const string Pattern = "*";

    public string PredicatePattern => Pattern;

    public bool IsMatch(string streamNamespace) => true;
}
