using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace OrleansShop.Engine.Generator.Tests.Running;

/// <summary>Sources, what the generator made of them, and what the compiler says about both together.</summary>
/// <param name="Output">Both.</param>
/// <param name="Sources">What was generated.</param>
/// <param name="Findings">What the generator said.</param>
/// <param name="Reported">The same after pragmas and settings.</param>
internal sealed record GeneratorRun(Compilation Output, ImmutableArray<GeneratedSourceResult> Sources, ImmutableArray<Diagnostic> Findings, ImmutableArray<Diagnostic> Reported)
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Orleans;
        global using Orleans.Concurrency;
        global using Orleans.Runtime;
        """;

    /// <summary>The parse options of the projects in this repository.</summary>
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Latest, DocumentationMode.Parse);

    private static readonly Lazy<ImmutableArray<MetadataReference>> s_references = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))]);

    public static CSharpCompilation Compile(string assemblyName, IEnumerable<string> sources, params MetadataReference[] references) => CSharpCompilation.Create(
        assemblyName,
        sources.Prepend(Usings).Select((source, index) => CSharpSyntaxTree.ParseText(source, ParseOptions, $"Source{index}.cs")),
        s_references.Value.AddRange(references),
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true, warningLevel: 9999));

    public static CSharpGeneratorDriver Driver { get; } = CSharpGeneratorDriver.Create(
        [new EngineGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(default, trackIncrementalGeneratorSteps: true));

    public static GeneratorRun Of(params string[] sources) => Of(Compile("Tested", sources));

    public static GeneratorRun Of(CSharpCompilation compilation)
    {
        var driver = Driver.RunGeneratorsAndUpdateCompilation(compilation, out var output, out var reported);
        var result = driver.GetRunResult();
        var failure = result.Results.Single().Exception;
        if (failure is not null) throw new InvalidOperationException("The generator failed.", failure);
        return new GeneratorRun(output, result.Results.Single().GeneratedSources, result.Diagnostics, reported);
    }

    /// <summary>The generated file whose name ends so.</summary>
    public string Source(string hintEnd) => Sources.Single(s => s.HintName.EndsWith(hintEnd, StringComparison.Ordinal)).SourceText.ToString();

    /// <summary>Fails if the generator or the compiler reports anything from a warning up.</summary>
    public GeneratorRun CompilesCleanly()
    {
        var complaints = Findings.Concat(Output.GetDiagnostics()).Where(d => d.Severity >= DiagnosticSeverity.Warning).ToArray();
        Assert.True(complaints.Length == 0, string.Join('\n', complaints.Select(c => c.ToString()))
            + "\n\n" + string.Join("\n\n", complaints.Select(c => c.Location.SourceTree).Distinct().Select(t => t?.FilePath + "\n" + t)));
        return this;
    }

    public byte[] Emit()
    {
        using var stream = new MemoryStream();
        var result = Output.Emit(stream);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return stream.ToArray();
    }
}
