namespace OrleansShop.Engine.Abstractions.Tests.Conformity;

/// <summary>The facts in <c>listed-api.txt</c>: what the official types that applications use are and have.</summary>
internal static class ListedApi
{
    /// <summary>Facts by the full name of their type.</summary>
    public static readonly IReadOnlyDictionary<string, HashSet<string>> Facts = TextTable.Read("listed-api.txt")
        .GroupBy(row => row.Key, row => row.Value, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>The same facts about our types, by the same names.</summary>
    public static readonly IReadOnlyDictionary<string, HashSet<string>> OurFacts =
        OurTypes().GroupBy(DeclaredFacts.NameOf).ToDictionary(group => group.Key, group => group.SelectMany(DeclaredFacts.Of).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>Our types, by the same names, that are in official namespaces or have an official name.</summary>
    public static IEnumerable<Type> OurTypes() => Surfaces.OurAssemblies
        .SelectMany(assembly => assembly.GetExportedTypes())
        .Where(type => !type.IsNested && (Surfaces.IsOrleans(type.FullName!) || Facts.ContainsKey(DeclaredFacts.NameOf(type))));

    /// <summary>The facts that are listed and are not true of our types.</summary>
    public static IEnumerable<(string Type, string Fact)> Missing() => Facts.SelectMany(type =>
        type.Value.Where(fact => !OurFacts.TryGetValue(type.Key, out var ours) || !ours.Contains(fact)).Select(fact => (type.Key, fact)));
}
