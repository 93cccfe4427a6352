using Microsoft.CodeAnalysis;
using OrleansShop.Engine.Generator.Diagnostics;
using OrleansShop.Engine.Generator.Interfaces;
using OrleansShop.Engine.Generator.Manifest;
using OrleansShop.Engine.Generator.Serializers;
using OrleansShop.Engine.Generator.Types;

namespace OrleansShop.Engine.Generator;

/// <summary>Generates what the engine needs for the grain interfaces, grain classes and serializable types of an assembly.</summary>
/// <remarks>
/// <code>
/// interfaces ──┬─► reference, call and description classes, a file each ─┐
/// types ───────┼─► codecs, a file each ──────────────────────────────────┼─► manifest
/// classes, converters, activators, aliases ──────────────────────────────┘
///              └─► findings, and types that nothing serves ─► diagnostics
/// </code>
/// Every step's result is compared by value, holds no symbol, and keeps places apart from models: an edit elsewhere regenerates nothing.
/// Only while there is something to report is the compilation kept, to report it where pragmas and .editorconfig apply.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class EngineGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // 1. Read.
        var interfaces = Steps.Read(
            context.SyntaxProvider.CreateSyntaxProvider(static (node, _) => GrainInterfaceReader.IsCandidate(node), GrainInterfaceReader.Read), "Interfaces");
        var types = Steps.Read(
            context.SyntaxProvider.ForAttributeWithMetadataName("Orleans.GenerateSerializerAttribute", static (_, _) => true, SerializableTypeReader.Read), "Types");
        var classes = Steps.Read(
            context.SyntaxProvider.CreateSyntaxProvider(static (node, _) => GrainClassReader.IsCandidate(node), GrainClassReader.Read), "Classes");
        var converters = Steps.Read(
            context.SyntaxProvider.ForAttributeWithMetadataName("Orleans.RegisterConverterAttribute", static (_, _) => true, ConverterReader.Read), "Converters");
        var registered = Steps.Read(
            context.SyntaxProvider.ForAttributeWithMetadataName("Orleans.RegisterSerializerAttribute", static (_, _) => true, RegisteredCodecReader.Read), "Registered");
        var activators = Steps.Read(
            context.SyntaxProvider.ForAttributeWithMetadataName("Orleans.RegisterActivatorAttribute", static (_, _) => true, ActivatorReader.Read), "Activators");
        var aliases = AliasReader.ReadAll(context);
        var served = context.CompilationProvider.Select(ServedTypes.Of).WithTrackingName("Served");
        var leveled = LevelStep.Combine(types.Models, served, converters.Models);

        // 2. Generate.
        context.RegisterImplementationSourceOutput(
            interfaces.Models, static (output, model) => output.AddSource(model.Names.HintStem + ".g.cs", GrainInterfaceSource.Write(model)));
        context.RegisterImplementationSourceOutput(
            leveled, static (output, model) => output.AddSource(model.Names.HintStem + ".Codec.g.cs", CodecEmitter.WriteFile(model)));

        // 3. List.
        var manifest = ManifestStep.Combine(context, interfaces.Models, types.Models, classes.Models, converters.Models, registered.Models, activators.Models, aliases);
        context.RegisterImplementationSourceOutput(manifest, static (output, model) =>
        {
            if (!model.IsEmpty) output.AddSource("Manifest.g.cs", ManifestEmitter.WriteFile(model));
        });

        // 4. Report.
        var findings = FindingStep.Combine(
            served, converters.Models, registered.Models,
            [interfaces.Findings, types.Findings, classes.Findings, converters.Findings, registered.Findings, activators.Findings,
                UnsupportedAttributes.Find(context), aliases.Select(static (found, _) => AliasReader.FindDuplicates(found))],
            [interfaces.Uses, types.Uses, converters.Uses]);
        context.RegisterSourceOutput(FindingStep.InTrees(findings, context.CompilationProvider), static (output, found) =>
        {
            foreach (var diagnostic in found?.ToDiagnostics() ?? []) output.ReportDiagnostic(diagnostic);
        });
    }
}
