using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace OrleansShop.Engine.Generator.Diagnostics;

/// <summary>A place in a source file, as a value.</summary>
internal sealed record Place(string FilePath, TextSpan Span, LinePositionSpan Lines)
{
    private static readonly Place s_none = new("", default, default);

    /// <summary>Where the symbol is declared, or, if that is in another assembly, where <paramref name="otherwise"/> is.</summary>
    public static Place Of(ISymbol symbol, ISymbol? otherwise = null)
    {
        var location = symbol.Locations.FirstOrDefault(l => l.IsInSource) ?? otherwise?.Locations.FirstOrDefault(l => l.IsInSource);
        return location is null ? s_none : new Place(location.SourceTree!.FilePath, location.SourceSpan, location.GetLineSpan().Span);
    }

    /// <param name="tree">The file's tree, if it is at hand.</param>
    public Location ToLocation(SyntaxTree? tree) =>
        tree is not null ? Location.Create(tree, Span)
        : Span.IsEmpty ? Location.None
        : Location.Create(FilePath, Span, Lines);
}
