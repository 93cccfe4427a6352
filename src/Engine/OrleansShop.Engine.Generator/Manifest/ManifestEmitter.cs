using Microsoft.CodeAnalysis.CSharp;
using OrleansShop.Engine.Generator.Text;

namespace OrleansShop.Engine.Generator.Manifest;

/// <summary>Writes the class that lists what was generated for an assembly, and the attributes by which the engine and other compilations find it.</summary>
internal static class ManifestEmitter
{
    public static string WriteFile(ManifestModel model)
    {
        // The assembly's name is in the class's, so that assemblies that see each other's internals do not see two of one name.
        var name = "Manifest_" + string.Concat(model.AssemblyName.Select(c => char.IsLetterOrDigit(c) ? c : '_'));
        var writer = SourceWriter.ForFile();
        writer.Line($"[assembly: {EngineNames.Manifest}TypeManifest(typeof(global::{EngineNames.GeneratedNamespace}.{name}))]");
        WriteTypes(writer, "SerializableTypes", model.Converters.SelectMany(c => c.ValueTypeOfs).Concat(model.RegisteredCodecs.Select(c => c.Entry.TypeOf)));
        WriteTypes(writer, "PopulatedTypes", model.Converters.SelectMany(c => c.PopulatedTypeOfs));

        writer.Line();
        using (writer.Open($"namespace {EngineNames.GeneratedNamespace}"))
        {
            writer.Line(EngineNames.GeneratedCode);
            using (writer.Open($"internal sealed class {name} : {EngineNames.Manifest}ITypeManifest"))
            using (writer.Open($"public void AddTo({EngineNames.Manifest}TypeManifestBuilder types)"))
            {
                foreach (var line in Entries(model)) writer.Line(line);
            }
        }

        return writer.ToString();
    }

    private static void WriteTypes(SourceWriter writer, string attribute, IEnumerable<string> typeOfs)
    {
        var operands = string.Join(", ", typeOfs.Distinct().Select(t => $"typeof({t})"));
        if (operands.Length > 0) writer.Line($"[assembly: {EngineNames.Manifest}{attribute}({operands})]");
    }

    private static IEnumerable<string> Entries(ManifestModel model)
    {
        // Described when it is first used: most processes call few of the interfaces that they know, and all of them would wait for it at their start.
        foreach (var entry in model.Interfaces) yield return $"types.Interfaces.Add(typeof({entry.TypeOf}), {entry.DescriptionClass}.Describe);";
        foreach (var grain in model.GrainClasses) yield return $"types.GrainClasses.Add(typeof({grain.TypeOf}));";
        foreach (var codec in model.Codecs)
        {
            yield return codec.IsGeneric
                ? $"types.GenericCodecs.Add(typeof({codec.TypeOf}), typeof({codec.CodecTypeOf}));"
                : $"types.Codecs.Add(typeof({codec.TypeOf}), static () => new {codec.CodecTypeOf}());";
        }

        // After the generated ones, whose place they take.
        foreach (var codec in model.RegisteredCodecs.Select(c => c.Entry))
        {
            yield return codec.IsGeneric
                ? $"types.GenericCodecs[typeof({codec.TypeOf})] = typeof({codec.CodecTypeOf});"
                : $"types.Codecs[typeof({codec.TypeOf})] = static () => new {codec.CodecTypeOf}();";
        }

        foreach (var activator in model.Activators) yield return $"types.Activators.Add(typeof({activator.TypeOf}));";
        foreach (var converter in model.Converters) yield return $"types.Converters.Add(typeof({converter.TypeOf}));";
        foreach (var alias in model.Aliases)
        {
            yield return $"types.Aliases.Add(typeof({alias.TypeOf}), {SymbolDisplay.FormatLiteral(alias.Alias, quote: true)});";
        }
    }
}
