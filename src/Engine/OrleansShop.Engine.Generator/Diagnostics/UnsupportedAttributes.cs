using Microsoft.CodeAnalysis;
using OrleansShop.Engine.Generator.Text;

namespace OrleansShop.Engine.Generator.Diagnostics;

/// <summary>Reports attributes of the programming model that this engine does not act upon, so that nobody relies on them.</summary>
internal static class UnsupportedAttributes
{
    public static Finding OfCopier(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Report(
            context, "RegisterCopier", "Derive from Codec<T>, which writes, reads and copies, and mark the class with [RegisterSerializer]");
    }

    public static Finding OfMethodSerializers(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Report(
            context, "GenerateMethodSerializers", "Derive the interface from a grain interface, IGrainObserver or IGrainExtension: references are generated for those");
    }

    /// <summary>Brings together the findings of both.</summary>
    public static IncrementalValueProvider<EquatableList<Finding>> Find(IncrementalGeneratorInitializationContext context) => Combine(
        context.SyntaxProvider.ForAttributeWithMetadataName("Orleans.RegisterCopierAttribute", static (_, _) => true, OfCopier),
        context.SyntaxProvider.ForAttributeWithMetadataName("Orleans.GenerateMethodSerializersAttribute", static (_, _) => true, OfMethodSerializers));

    private static IncrementalValueProvider<EquatableList<Finding>> Combine(IncrementalValuesProvider<Finding> left, IncrementalValuesProvider<Finding> right) =>
        left.Collect().Combine(right.Collect()).Select(static (both, _) => both.Left.Concat(both.Right).ToEquatableList());

    private static Finding Report(GeneratorAttributeSyntaxContext context, string attribute, string instead) =>
        Finding.Of(Rules.NotSupported, Place.Of(context.TargetSymbol), context.TargetSymbol.ToDisplayString(), attribute, instead);
}
