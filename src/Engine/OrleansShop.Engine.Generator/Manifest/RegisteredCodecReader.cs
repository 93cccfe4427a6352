using Microsoft.CodeAnalysis;
using OrleansShop.Engine.Generator.Diagnostics;
using OrleansShop.Engine.Generator.Types;

namespace OrleansShop.Engine.Generator.Manifest;

/// <summary>A hand-written codec.</summary>
/// <param name="Entry">How the manifest names it.</param>
/// <param name="Definition">The metadata name of the type that it serves.</param>
internal sealed record RegisteredCodecModel(CodecEntry Entry, string Definition);

/// <summary>Reads the classes with <c>[RegisterSerializer]</c>: those derived from the engine's <c>Codec&lt;T&gt;</c>.</summary>
internal static class RegisteredCodecReader
{
    public static Reading<RegisteredCodecModel>? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var served = Served(type);
        var findings = new List<Finding>();
        if (Fault(type, served) is { } fault) findings.Add(Finding.Of(Rules.NotACodec, Place.Of(type), type.ToDisplayString(), fault));
        return Reading<RegisteredCodecModel>.Of(
            () => new RegisteredCodecModel(new CodecEntry(TypeText.Open(served!), TypeText.Open(type), type.IsGenericType), MetadataText.OfDefinition(served!)),
            findings,
            []);
    }

    private static INamedTypeSymbol? Served(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (current.Is("OrleansShop.Engine.Serialization", "Codec`1")) return current.TypeArguments[0] as INamedTypeSymbol;
        }

        return null;
    }

    private static string? Fault(INamedTypeSymbol type, INamedTypeSymbol? served)
    {
        if (served is null) return "does not derive from Codec<T>";
        if (type.IsAbstract) return "is abstract";
        if (!type.IsNameableInAssembly()) return "cannot be named by generated code";
        if (!type.InstanceConstructors.Any(c => c.Parameters.Length == 0 && c.IsAccessibleInAssembly())) return "has no constructor without parameters";
        return type.IsGenericType && !served.TypeArguments.AsEnumerable().SequenceEqual(type.TypeArguments.AsEnumerable(), SymbolEqualityComparer.Default)
            ? $"does not have the type parameters of {served.ToDisplayString()}, in the same order"
            : null;
    }
}
