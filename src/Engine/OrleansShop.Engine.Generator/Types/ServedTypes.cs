using Microsoft.CodeAnalysis;
using OrleansShop.Engine.Generator.Text;

namespace OrleansShop.Engine.Generator.Types;

/// <summary>Finds the types that <c>[assembly: SerializableTypes]</c> and <c>[assembly: PopulatedTypes]</c> of this compilation and of its references name.</summary>
internal static class ServedTypes
{
    private const string AttributeNamespace = "OrleansShop.Engine.Manifest";
    private const string AttributeName = "SerializableTypesAttribute";
    private const string PopulatedName = "PopulatedTypesAttribute";

    public static EquatableList<string> Of(Compilation compilation, CancellationToken cancellation)
    {
        if (compilation.GetTypeByMetadataName($"{AttributeNamespace}.{AttributeName}") is not { } attribute) return EquatableList<string>.Empty;

        // Only assemblies that know the attribute can have it: of some two hundred references, a handful.
        var owner = attribute.ContainingAssembly.Identity;
        var names = new SortedSet<string>(StringComparer.Ordinal);
        AddFrom(compilation.Assembly, names);
        foreach (var module in compilation.Assembly.Modules)
        {
            foreach (var reference in module.ReferencedAssemblySymbols)
            {
                cancellation.ThrowIfCancellationRequested();
                if (reference.Identity.Equals(owner) || reference.Modules.Any(m => m.ReferencedAssemblies.Contains(owner))) AddFrom(reference, names);
            }
        }

        return names.ToEquatableList();
    }

    private static void AddFrom(IAssemblySymbol assembly, SortedSet<string> names)
    {
        foreach (var attribute in assembly.GetAttributes())
        {
            if (attribute.AttributeClass is not { } type) continue;
            var isPopulated = type.Is(AttributeNamespace, PopulatedName);
            if (!isPopulated && !type.Is(AttributeNamespace, AttributeName)) continue;
            foreach (var argument in attribute.ConstructorArguments)
            {
                var values = argument.Kind == TypedConstantKind.Array ? argument.Values.Select(v => v.Value) : [argument.Value];
                foreach (var named in values.OfType<INamedTypeSymbol>()) names.Add((isPopulated ? TypeUse.PopulatedPrefix : "") + MetadataText.OfDefinition(named));
            }
        }
    }
}
