using Microsoft.CodeAnalysis;
using OrleansShop.Engine.Generator.Manifest;
using OrleansShop.Engine.Generator.Text;
using OrleansShop.Engine.Generator.Types;

namespace OrleansShop.Engine.Generator.Serializers;

/// <summary>Decides what the base level of each type is, once it is known which foreign classes have a populator.</summary>
internal static class LevelStep
{
    public static IncrementalValuesProvider<SerializableTypeModel> Combine(
        IncrementalValuesProvider<SerializableTypeModel> types,
        IncrementalValueProvider<EquatableList<string>> served,
        IncrementalValuesProvider<ConverterModel> converters)
    {
        var populated = served.Combine(converters.Collect()).Select(static (both, _) => both.Left
            .Where(name => name.StartsWith(TypeUse.PopulatedPrefix, StringComparison.Ordinal))
            .Select(name => name.Substring(TypeUse.PopulatedPrefix.Length))
            .Concat(both.Right.SelectMany(c => c.PopulatedDefinitions)).Distinct().ToEquatableList());
        return types.Combine(populated).Select(static (both, _) => both.Left.WithLevel(both.Right)).WithTrackingName("Leveled");
    }
}
