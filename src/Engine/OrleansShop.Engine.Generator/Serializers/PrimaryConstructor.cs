using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OrleansShop.Engine.Generator.Serializers;

/// <summary>The constructor whose parameters stand behind the type's name, and where their values are kept.</summary>
internal sealed record PrimaryConstructor(IMethodSymbol Symbol, TypeDeclarationSyntax Declaration)
{
    public static PrimaryConstructor? Of(INamedTypeSymbol type, CancellationToken cancellation)
    {
        foreach (var constructor in type.InstanceConstructors)
        {
            foreach (var reference in constructor.DeclaringSyntaxReferences)
            {
                if (reference.GetSyntax(cancellation) is TypeDeclarationSyntax { ParameterList: not null } declaration)
                {
                    return new PrimaryConstructor(constructor, declaration);
                }
            }
        }

        return null;
    }

    /// <summary>
    /// The member that holds the parameter: a record's property of that name, or the field or property that is initialised with
    /// the parameter and nothing else. Null for a parameter that goes to the base class, or that members use directly.
    /// </summary>
    public static ISymbol? StorageOf(IParameterSymbol parameter, INamedTypeSymbol type, SemanticModel semantics, CancellationToken cancellation)
    {
        if (type.IsRecord)
        {
            var positional = type.GetMembers(parameter.Name).FirstOrDefault(m => m is IPropertySymbol { IsStatic: false } or IFieldSymbol { IsStatic: false });
            if (positional is not null) return positional;
        }

        return type.GetMembers().FirstOrDefault(member => Initializer(member, cancellation) is IdentifierNameSyntax name
            && IsUseOf(name, parameter, semantics, cancellation));
    }

    /// <summary>Whether the body of a member uses the parameter, so that the compiler keeps it.</summary>
    public bool IsCaptured(IParameterSymbol parameter, SemanticModel semantics, CancellationToken cancellation) =>
        Declaration.Members.SelectMany(member => member.DescendantNodes()).OfType<IdentifierNameSyntax>()
            .Any(name => !IsInInitializer(name) && IsUseOf(name, parameter, semantics, cancellation));

    private static ExpressionSyntax? Initializer(ISymbol member, CancellationToken cancellation) =>
        member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) switch
        {
            PropertyDeclarationSyntax property => property.Initializer?.Value,
            VariableDeclaratorSyntax field => field.Initializer?.Value,
            _ => null,
        };

    private static bool IsUseOf(IdentifierNameSyntax name, IParameterSymbol parameter, SemanticModel semantics, CancellationToken cancellation)
    {
        if (name.Identifier.ValueText != parameter.Name) return false;
        var model = name.SyntaxTree == semantics.SyntaxTree ? semantics : semantics.Compilation.GetSemanticModel(name.SyntaxTree);
        return SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, parameter);
    }

    // Initialisers run in the constructor, where the parameter is still a parameter.
    private static bool IsInInitializer(SyntaxNode name)
    {
        for (var node = name.Parent; node is not null and not TypeDeclarationSyntax; node = node.Parent)
        {
            if (node is EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } }) return true;
        }

        return false;
    }
}
