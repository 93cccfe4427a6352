using Microsoft.CodeAnalysis;
using OrleansShop.Engine.Generator.Diagnostics;
using OrleansShop.Engine.Generator.Text;
using OrleansShop.Engine.Generator.Types;

namespace OrleansShop.Engine.Generator.Manifest;

/// <summary>A converter with <c>[RegisterConverter]</c>.</summary>
/// <param name="TypeOf">The operand of <c>typeof</c>.</param>
/// <param name="ValueTypeOfs">The operands of <c>typeof</c> for the types that it serves.</param>
/// <param name="ValueDefinitions">Their metadata names.</param>
/// <param name="PopulatedTypeOfs">The operands of <c>typeof</c> for the classes that it populates.</param>
/// <param name="PopulatedDefinitions">Their metadata names.</param>
internal sealed record ConverterModel(
    string TypeOf,
    EquatableList<string> ValueTypeOfs,
    EquatableList<string> ValueDefinitions,
    EquatableList<string> PopulatedTypeOfs,
    EquatableList<string> PopulatedDefinitions);

/// <summary>Reads the converters.</summary>
internal static class ConverterReader
{
    public static Reading<ConverterModel>? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var findings = new List<Finding>();
        var uses = new List<TypeUse>();
        var conversions = type.AllInterfaces.Where(i => i.Is("Orleans", "IConverter`2")).ToArray();
        var served = conversions.Select(i => i.TypeArguments[0]).OfType<INamedTypeSymbol>().ToArray();

        var populated = type.AllInterfaces.Where(i => i.Is("Orleans", "IPopulator`2")).ToArray();
        var populatedTypes = populated.Select(i => i.TypeArguments[0]).OfType<INamedTypeSymbol>().ToArray();

        if (served.Length == 0) findings.Add(Finding.Of(Rules.NotAConverter, Place.Of(type), type.ToDisplayString(), "does not implement IConverter<TValue, TSurrogate>"));
        else if (type.IsAbstract) findings.Add(Finding.Of(Rules.NotAConverter, Place.Of(type), type.ToDisplayString(), "is abstract"));
        if (!type.IsNameableInAssembly())
        {
            findings.Add(Finding.Of(Rules.NotNameable, Place.Of(type), $"The manifest entry of '{type.Name}'", type.ToDisplayString()));
        }

        foreach (var population in populated)
        {
            // What a populator sets is what the converter wrote.
            if (conversions.Any(c => SymbolEqualityComparer.Default.Equals(c.TypeArguments[0], population.TypeArguments[0])
                && SymbolEqualityComparer.Default.Equals(c.TypeArguments[1], population.TypeArguments[1]))) continue;
            findings.Add(Finding.Of(
                Rules.NotAConverter, Place.Of(type), type.ToDisplayString(),
                $"implements {population.ToDisplayString()} without IConverter<{string.Join(", ", population.TypeArguments.Select(a => a.ToDisplayString()))}>"));
        }

        foreach (var conversion in conversions)
        {
            uses.AddRange(TypeUses.Of(conversion.TypeArguments[1], $"The surrogate of '{type.Name}'", Place.Of(type)));
        }

        return Reading<ConverterModel>.Of(
            () => new ConverterModel(
                TypeText.Open(type),
                served.Select(TypeText.Open).ToEquatableList(),
                served.Select(MetadataText.OfDefinition).ToEquatableList(),
                populatedTypes.Select(TypeText.Open).ToEquatableList(),
                populatedTypes.Select(MetadataText.OfDefinition).ToEquatableList()),
            findings,
            uses);
    }
}
