namespace Orleans.Streams;

/// <summary>Says which namespaces a grain class is subscribed to.</summary>
public interface IStreamNamespacePredicate
{
    /// <summary>The predicate as text, from which other processes make it again: <c>namespace:…</c>, <c>regex:…</c>, <c>ctor:…</c> or <c>*</c>.</summary>
    string PredicatePattern { get; }

    /// <summary>Whether streams of this namespace are meant. A stream without a namespace has an empty one.</summary>
    bool IsMatch(string streamNamespace);
}
