using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using OrleansShop.Engine.Generator.Interfaces;
using OrleansShop.Engine.Generator.Serializers;
using OrleansShop.Engine.Generator.Text;

namespace OrleansShop.Engine.Generator.Manifest;

/// <summary>Reduces the models to what the manifest names of them, in an order that does not depend on that of the files.</summary>
internal static class ManifestStep
{
    public static IncrementalValueProvider<ManifestModel> Combine(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<GrainInterfaceModel> interfaces,
        IncrementalValuesProvider<SerializableTypeModel> types,
        IncrementalValuesProvider<GrainClassModel> classes,
        IncrementalValuesProvider<ConverterModel> converters,
        IncrementalValuesProvider<RegisteredCodecModel> registeredCodecs,
        IncrementalValuesProvider<ActivatorModel> activators,
        IncrementalValueProvider<ImmutableArray<PlacedAlias>> aliases)
    {
        var assembly = context.CompilationProvider.Select(static (compilation, _) => compilation.AssemblyName ?? "");
        var described = Sorted(interfaces.Select(static (i, _) => new InterfaceEntry(i.TypeOf, $"global::{i.Names.Namespace}.{i.DescriptionClass}")), static entry => entry.DescriptionClass);
        var codecs = Sorted(types.Select(static (t, _) => new CodecEntry(
            t.TypeOf, $"global::{t.Names.Namespace}.{t.CodecClass}{t.TypeParameters.OpenArguments}", !t.TypeParameters.IsEmpty)), static entry => entry.TypeOf);
        var grains = Sorted(classes, static grain => grain.TypeOf);
        var converting = Sorted(converters, static converter => converter.TypeOf);
        var registered = Sorted(registeredCodecs, static codec => codec.Entry.TypeOf);
        var activating = Sorted(activators, static activator => activator.TypeOf);
        var named = aliases.Select(static (all, _) => all.Select(a => a.Model).OrderBy(a => a.TypeOf, StringComparer.Ordinal).ToEquatableList());

        return assembly.Combine(described).Combine(codecs).Combine(grains).Combine(converting).Combine(registered).Combine(activating).Combine(named)
            .Select(static (all, _) =>
            {
                var (((((((assembly, interfaces), codecs), grains), converters), registered), activators), aliases) = all;
                return new ManifestModel(assembly, interfaces, codecs, grains, converters, registered, activators, aliases);
            })
            .WithTrackingName("Manifest");
    }

    private static IncrementalValueProvider<EquatableList<T>> Sorted<T>(IncrementalValuesProvider<T> items, Func<T, string> key)
        where T : IEquatable<T> =>
        items.Collect().Select((all, _) => all.OrderBy(key, StringComparer.Ordinal).ToEquatableList());
}
