using System.Collections.Immutable;
using System.Text;

namespace Orleans.Metadata;

/// <summary>What the manifest says about a grain class. Immutable.</summary>
/// <param name="values">Keys and values.</param>
public sealed class GrainProperties(ImmutableDictionary<string, string> values) : IEquatable<GrainProperties>
{
    /// <summary>Keys and values.</summary>
    public ImmutableDictionary<string, string> Properties { get; } = values;

    /// <inheritdoc/>
    public bool Equals(GrainProperties? other) =>
        other is not null && Properties.Count == other.Properties.Count
        && Properties.All(pair => other.Properties.TryGetValue(pair.Key, out var value) && value == pair.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GrainProperties);

    /// <inheritdoc/>
    public override int GetHashCode() => Properties.Aggregate(0, (hash, pair) => hash ^ HashCode.Combine(pair.Key, pair.Value));

    /// <summary>All keys and values on one line.</summary>
    public string ToDetailedString() =>
        Properties.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Aggregate(new StringBuilder(), (text, pair) => text.Append(text.Length > 0 ? ", " : "").Append($"{pair.Key}={pair.Value}"))
            .ToString();
}
