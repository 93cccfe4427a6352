using Microsoft.CodeAnalysis;
using OrleansShop.Engine.Generator.Diagnostics;
using OrleansShop.Engine.Generator.Types;

namespace OrleansShop.Engine.Generator.Interfaces;

/// <summary>The numbers that stand for methods on the wire. They must come out the same in every build, whatever else the interface has.</summary>
/// <remarks>
/// <list type="number">
/// <item><c>[Id(n)]</c> on the method: n.</item>
/// <item><c>[Alias("x")]</c>: the hash of x.</item>
/// <item>Otherwise the hash of the name and the parameter types as metadata names them: <c>Add(System.Int32,System.Int32)</c>.
/// A type parameter counts by its position, so that renaming it changes nothing. A cancellation token does not count, so that
/// adding one changes nothing, unless an overload without it is there.</item>
/// <item>If an inherited method then has the same number as a method of another interface, its interface's name goes in front of its signature.</item>
/// </list>
/// </remarks>
internal static class GrainMethodIds
{
    public static Dictionary<IMethodSymbol, uint> Assign(INamedTypeSymbol called, IReadOnlyList<IMethodSymbol> methods)
    {
        var texts = methods.ToDictionary<IMethodSymbol, IMethodSymbol, string?>(m => m, m => Text(m, methods), SymbolEqualityComparer.Default);
        var ids = new Dictionary<IMethodSymbol, uint>(SymbolEqualityComparer.Default);
        foreach (var method in methods)
        {
            if (texts[method] is not { } text)
            {
                ids[method] = method.Id()!.Value;
                continue;
            }

            var isInherited = !SymbolEqualityComparer.Default.Equals(method.ContainingType, called);
            var isAmbiguous = methods.Any(other => texts[other] == text
                && !SymbolEqualityComparer.Default.Equals(other.ContainingType, method.ContainingType));
            ids[method] = StableHash.Of(isInherited && isAmbiguous ? MetadataText.Of(method.ContainingType) + "." + text : text);
        }

        return ids;
    }

    /// <summary>The text that the signature shows in findings and comments.</summary>
    public static string Signature(IMethodSymbol method, bool withToken)
    {
        var counted = method.Parameters.Where(p => withToken || !p.Type.IsCancellationToken());
        return $"{method.Name}({string.Join(",", counted.Select(p => MetadataText.Of(p.Type)))})";
    }

    public static void RequireUnique(INamedTypeSymbol called, IEnumerable<(IMethodSymbol Symbol, GrainMethodModel Model)> methods, List<Finding> findings)
    {
        foreach (var same in methods.GroupBy(m => m.Model.Id).Where(g => g.Count() > 1))
        {
            var pair = same.Take(2).ToArray();
            findings.Add(Finding.Of(
                Rules.DuplicateMethodId, Place.Of(pair[1].Symbol, called),
                pair[0].Symbol.ToDisplayString(), pair[1].Symbol.ToDisplayString(), $"0x{same.Key:x8}", called.ToDisplayString()));
        }
    }

    // Null if the method says its number itself.
    private static string? Text(IMethodSymbol method, IReadOnlyList<IMethodSymbol> methods)
    {
        if (method.Id() is not null) return null;
        if (method.Alias() is { } alias) return alias;

        var plain = Signature(method, withToken: false);
        if (!method.Parameters.Any(p => p.Type.IsCancellationToken())) return plain;
        var hasOverloadWithout = methods.Any(other =>
            !other.Parameters.Any(p => p.Type.IsCancellationToken()) && Signature(other, withToken: false) == plain);
        return hasOverloadWithout ? Signature(method, withToken: true) : plain;
    }
}
