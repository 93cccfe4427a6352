using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OrleansShop.Engine.Generator.Diagnostics;
using OrleansShop.Engine.Generator.Text;
using OrleansShop.Engine.Generator.Types;

namespace OrleansShop.Engine.Generator.Interfaces;

/// <summary>Reads the interfaces whose methods are called through references: those derived from <c>IAddressable</c>.</summary>
internal static class GrainInterfaceReader
{
    /// <summary>Interfaces of the programming model that only mark others.</summary>
    private static readonly HashSet<string> Markers = new(StringComparer.Ordinal)
    {
        "Orleans.Runtime.IAddressable", "Orleans.Runtime.IGrainExtension", "Orleans.IGrain", "Orleans.IGrainObserver", "Orleans.ISystemTarget",
        "Orleans.IGrainWithStringKey", "Orleans.IGrainWithGuidKey", "Orleans.IGrainWithIntegerKey",
        "Orleans.IGrainWithGuidCompoundKey", "Orleans.IGrainWithIntegerCompoundKey",
    };

    public static bool IsCandidate(SyntaxNode node) => node is InterfaceDeclarationSyntax { BaseList: not null };

    public static Reading<GrainInterfaceModel>? Read(GeneratorSyntaxContext context, CancellationToken cancellation)
    {
        if (context.SemanticModel.GetDeclaredSymbol(context.Node, cancellation) is not INamedTypeSymbol type) return null;
        if (!type.Implements("Orleans.Runtime", "IAddressable") || Markers.Contains(MetadataText.OfDefinition(type))) return null;

        // Of a partial interface, one part is read: the first that has a base list.
        var first = type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation)).First(IsCandidate);
        return first == context.Node ? Read(type) : null;
    }

    private static Reading<GrainInterfaceModel> Read(INamedTypeSymbol type)
    {
        var findings = new List<Finding>();
        var uses = new List<TypeUse>();
        if (!type.IsNameableInAssembly())
        {
            findings.Add(Finding.Of(Rules.NotNameable, Place.Of(type), $"The reference class of '{type.Name}'", type.ToDisplayString()));
        }

        var names = new Dictionary<ITypeParameterSymbol, string>(SymbolEqualityComparer.Default);
        var typeParameters = TypeParameterList.Read(type.AllTypeParameters(), names);
        var methods = ReadMembers(type, names, findings, uses);
        GrainMethodIds.RequireUnique(type, methods, findings);

        return Reading<GrainInterfaceModel>.Of(
            () => new GrainInterfaceModel(
                GeneratedNames.For(type), new TypeText(names).Of(type), TypeText.Open(type), typeParameters, methods.Select(m => m.Model).ToEquatableList()),
            findings,
            uses);
    }

    private static List<(IMethodSymbol Symbol, GrainMethodModel Model)> ReadMembers(
        INamedTypeSymbol type, Dictionary<ITypeParameterSymbol, string> names, List<Finding> findings, List<TypeUse> uses)
    {
        var symbols = new List<IMethodSymbol>();
        foreach (var declaring in new[] { type }.Concat(type.AllInterfaces))
        {
            foreach (var member in declaring.GetMembers())
            {
                if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: false } method)
                {
                    // A method with a body in the interface is inherited by the reference, and calls others from there.
                    if (method.IsAbstract) symbols.Add(method);
                }
                else if (member.IsAbstract && member is not IMethodSymbol { AssociatedSymbol: not null })
                {
                    findings.Add(Finding.Of(Rules.NotAMethod, Place.Of(member, type), member.ToDisplayString(), KindOf(member)));
                }
            }
        }

        var ids = GrainMethodIds.Assign(type, symbols);
        var read = new List<(IMethodSymbol, GrainMethodModel)>();
        foreach (var symbol in symbols)
        {
            var reader = new GrainMethodReader(type, symbol, new Dictionary<ITypeParameterSymbol, string>(names, SymbolEqualityComparer.Default));
            var (model, found, used) = reader.Read(ids[symbol]);
            if (model is not null) read.Add((symbol, model));
            findings.AddRange(found);
            uses.AddRange(used);
        }

        return read;
    }

    private static string KindOf(ISymbol member) => member switch
    {
        IPropertySymbol { IsIndexer: true } => "indexer",
        IPropertySymbol => "property",
        IEventSymbol => "event",
        _ => "static abstract member",
    };
}
