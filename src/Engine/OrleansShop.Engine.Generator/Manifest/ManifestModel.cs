using OrleansShop.Engine.Generator.Text;

namespace OrleansShop.Engine.Generator.Manifest;

/// <summary>A codec as the manifest names it.</summary>
/// <param name="TypeOf">The operand of <c>typeof</c> for the type that it serves.</param>
/// <param name="CodecTypeOf">The same for the codec class.</param>
/// <param name="IsGeneric">Whether both are open.</param>
internal sealed record CodecEntry(string TypeOf, string CodecTypeOf, bool IsGeneric);

/// <summary>A grain interface as the manifest names it.</summary>
/// <param name="TypeOf">The operand of <c>typeof</c>.</param>
/// <param name="DescriptionClass">The class that describes it.</param>
internal sealed record InterfaceEntry(string TypeOf, string DescriptionClass);

/// <summary>Everything that the manifest of an assembly lists. Names only: a method or member that changes leaves it as it is.</summary>
/// <param name="AssemblyName">The assembly's name.</param>
/// <param name="Interfaces">The grain interfaces.</param>
/// <param name="Codecs">The codecs.</param>
/// <param name="GrainClasses">The grain classes.</param>
/// <param name="Converters">The converters.</param>
/// <param name="RegisteredCodecs">The hand-written codecs.</param>
/// <param name="Activators">The activators.</param>
/// <param name="Aliases">The aliases.</param>
internal sealed record ManifestModel(
    string AssemblyName,
    EquatableList<InterfaceEntry> Interfaces,
    EquatableList<CodecEntry> Codecs,
    EquatableList<GrainClassModel> GrainClasses,
    EquatableList<ConverterModel> Converters,
    EquatableList<RegisteredCodecModel> RegisteredCodecs,
    EquatableList<ActivatorModel> Activators,
    EquatableList<AliasModel> Aliases)
{
    public bool IsEmpty => Interfaces.Count + Codecs.Count + GrainClasses.Count + Converters.Count + RegisteredCodecs.Count + Activators.Count + Aliases.Count == 0;
}
