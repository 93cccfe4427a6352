using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OrleansShop.Conventions.Tests;

/// <summary>A name in application code that means something of the engine's assemblies.</summary>
internal sealed record EngineUse(string Path, string Type, string Member)
{
    public override string ToString() => $"{Path}: {Type}{(Member.Length == 0 ? "" : "." + Member)}";
}

/// <summary>
/// The application's code as the official engine would get it: every project with an ActorRole, without the BuiltIn folders and with the Orleans ones, compiled in
/// memory against the assemblies of this build.
/// </summary>
internal static class ApplicationCode
{
    private static readonly Lazy<(IReadOnlyList<EngineUse> Uses, IReadOnlyList<string> Errors)> s_read = new(Read);

    private static readonly IReadOnlyList<string> s_projects =
        [.. Repository.Files("*.csproj", "src").Where(project => !project.StartsWith("src/Engine/", StringComparison.Ordinal) && Repository.Read(project).Contains("<ActorRole>", StringComparison.Ordinal))];

    /// <summary>Everything of the engine's assemblies that the code names.</summary>
    public static IReadOnlyList<EngineUse> Uses => s_read.Value.Uses;

    /// <summary>What the compiler said. Some errors are expected: source generators have not run.</summary>
    public static IReadOnlyList<string> Errors => s_read.Value.Errors;

    /// <summary>The files that only the official engine gets.</summary>
    public static IEnumerable<string> OrleansFiles => s_projects.SelectMany(SourceOf).Where(path => path.Contains("/Orleans/", StringComparison.Ordinal));

    private static (IReadOnlyList<EngineUse> Uses, IReadOnlyList<string> Errors) Read()
    {
        var references = References();
        var compilations = s_projects.Select(project => Compile(project, references)).ToList();
        return ([.. compilations.SelectMany(UsesIn)], [.. compilations.SelectMany(ErrorsIn)]);
    }

    private static IEnumerable<string> SourceOf(string project) =>
        Repository.Files("*.cs", Path.GetDirectoryName(project)!).Where(path => !path.Contains("/BuiltIn/", StringComparison.Ordinal));

    private static CSharpCompilation Compile(string project, IReadOnlyDictionary<string, MetadataReference> references)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        var options = new CSharpParseOptions(LanguageVersion.Latest, preprocessorSymbols: ["ORLEANS_ENGINE"]);
        var usings = Directory.EnumerateFiles(Path.Combine(Repository.Root, Path.GetDirectoryName(project)!, "obj", Repository.Metadata("Configuration")), "*.GlobalUsings.g.cs", SearchOption.AllDirectories);
        var trees = SourceOf(project).Select(path => CSharpSyntaxTree.ParseText(Repository.Read(path), options, path))
            .Concat(usings.Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), options, path)));
        return CSharpCompilation.Create(
            name,
            trees,
            references.Where(reference => reference.Key != name).Select(reference => reference.Value),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
    }

    // The assemblies beside AppHost, which references every application project, and the shared frameworks that run this test.
    private static Dictionary<string, MetadataReference> References()
    {
        var shared = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var aspNetCore = shared.Replace("Microsoft.NETCore.App", "Microsoft.AspNetCore.App", StringComparison.Ordinal);
        return new[] { shared, aspNetCore, Repository.Metadata("AppHostOutput") }
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.dll"))
            .Where(IsManaged)
            .GroupBy(path => Path.GetFileNameWithoutExtension(path))
            .ToDictionary(group => group.Key, group => (MetadataReference)MetadataReference.CreateFromFile(group.First()));
    }

    private static bool IsManaged(string path)
    {
        using var file = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(path));
        return file.HasMetadata;
    }

    private static IEnumerable<EngineUse> UsesIn(CSharpCompilation compilation) =>
        from tree in compilation.SyntaxTrees
        let model = compilation.GetSemanticModel(tree)
        from node in tree.GetRoot().DescendantNodes()
        where node is SimpleNameSyntax or BaseObjectCreationExpressionSyntax or AttributeSyntax or ConstructorInitializerSyntax
        let symbol = Meant(model, node)
        where symbol is not null and not INamespaceSymbol && symbol.ContainingAssembly?.Name.StartsWith("OrleansShop.Engine", StringComparison.Ordinal) == true
        select symbol is INamedTypeSymbol type
            ? new EngineUse(tree.FilePath, NameOf(type), "")
            : new EngineUse(tree.FilePath, NameOf(symbol.ContainingType), symbol.Name);

    private static ISymbol? Meant(SemanticModel model, SyntaxNode node)
    {
        var symbol = model.GetSymbolInfo(node).Symbol;
        if (symbol is IAliasSymbol alias)
        {
            symbol = alias.Target;
        }

        return ((symbol as IMethodSymbol)?.ReducedFrom ?? symbol)?.OriginalDefinition;
    }

    private static string NameOf(INamedTypeSymbol type) => $"{type.ContainingNamespace}.{type.MetadataName}";

    private static IEnumerable<string> ErrorsIn(CSharpCompilation compilation) =>
        compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => $"{diagnostic.Location.SourceTree?.FilePath}: {diagnostic.Id} {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}");
}
