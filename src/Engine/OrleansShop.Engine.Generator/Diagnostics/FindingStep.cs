using Microsoft.CodeAnalysis;
using OrleansShop.Engine.Generator.Manifest;
using OrleansShop.Engine.Generator.Text;
using OrleansShop.Engine.Generator.Types;

namespace OrleansShop.Engine.Generator.Diagnostics;

/// <summary>Brings together everything found, and decides which types have no serializer once all that serve types are known.</summary>
internal static class FindingStep
{
    public static IncrementalValueProvider<EquatableList<Finding>> Combine(
        IncrementalValueProvider<EquatableList<string>> served,
        IncrementalValuesProvider<ConverterModel> converters,
        IncrementalValuesProvider<RegisteredCodecModel> registered,
        IEnumerable<IncrementalValueProvider<EquatableList<Finding>>> findings,
        IEnumerable<IncrementalValueProvider<EquatableList<TypeUse>>> uses)
    {
        var converted = converters.Collect().Combine(registered.Collect()).Select(static (all, _) => all.Left
            .SelectMany(c => c.ValueDefinitions.Concat(c.PopulatedDefinitions.Select(d => TypeUse.PopulatedPrefix + d)))
            .Concat(all.Right.Select(c => c.Definition)).ToEquatableList());
        var unserved = Concat(uses).Combine(served.Combine(converted)).Select(static (all, _) =>
        {
            var known = new HashSet<string>(all.Right.Left.Concat(all.Right.Right), StringComparer.Ordinal);
            return all.Left.Where(use => !known.Contains(use.Definition)).Select(use => use.UnlessServed).ToEquatableList();
        });

        // What an inherited method has wrong is found once for each interface that inherits it.
        return Concat([.. findings, unserved]).Select(static (all, _) => all.Distinct().ToEquatableList()).WithTrackingName("Findings");
    }

    /// <summary>Adds the compilation to findings; null if there are none, so that nothing is done at each edit of a project that is in order.</summary>
    public static IncrementalValueProvider<FindingsInTrees?> InTrees(
        IncrementalValueProvider<EquatableList<Finding>> findings, IncrementalValueProvider<Compilation> compilation) =>
        findings.Combine(compilation).Select(static (both, _) => both.Left.Count == 0 ? null : new FindingsInTrees(both.Left, both.Right));

    private static IncrementalValueProvider<EquatableList<T>> Concat<T>(IEnumerable<IncrementalValueProvider<EquatableList<T>>> lists)
        where T : IEquatable<T> =>
        lists.Aggregate(static (left, right) => left.Combine(right).Select(static (both, _) => both.Left.Concat(both.Right).ToEquatableList()));
}
