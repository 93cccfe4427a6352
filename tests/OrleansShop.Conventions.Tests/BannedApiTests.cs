using System.Diagnostics;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace OrleansShop.Conventions.Tests;

/// <summary>A misspelt id in a list of banned symbols is ignored silently, so each entry is tripped once, by a real build.</summary>
public sealed class BannedApiTests
{
    private static readonly string[] Lists = [".analyzers/BannedSymbols.txt", ".analyzers/BannedSymbols.Engine.txt"];

    [Fact]
    public async Task Every_banned_symbol_fails_a_build()
    {
        var ids = Lists.SelectMany(list => Repository.Read(list).Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(line => line.Split(';')[0]).ToList();
        var folder = Directory.CreateTempSubdirectory("banned-");
        try
        {
            await WriteProbeAsync(folder.FullName, ids);
            var output = await BuildAsync(folder.FullName);

            var tripped = output.Split('\n').Where(line => line.Contains("RS0030", StringComparison.Ordinal))
                .Select(line => line[(line.IndexOf('(') + 1)..line.IndexOf(',')])
                .Distinct()
                .Select(line => ids[int.Parse(line) - 1]);

            Expect.None(ids.Except(tripped), "Banned symbols that no build stops at:");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>One line a symbol, so that the line of an error names the symbol.</summary>
    private static async Task WriteProbeAsync(string folder, List<string> ids)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("probe", references: references);

        var probe = new StringBuilder();
        foreach (var (id, index) in ids.Select((id, index) => (id, index)))
        {
            var symbol = DocumentationCommentId.GetFirstSymbolForDeclarationId(id, compilation);
            Assert.True(symbol is not null, $"{id} names nothing.");
            probe.Append(index == 0 ? "unsafe class Probe { " : "").Append($"void Probe{index}() {{ {Use(symbol)} }}").Append(index == ids.Count - 1 ? " }" : "").Append('\n');
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "Probe.cs"), probe.ToString());
        await File.WriteAllTextAsync(Path.Combine(folder, "Directory.Build.props"), "<Project />");
        await File.WriteAllTextAsync(Path.Combine(folder, "Directory.Build.targets"), "<Project />");
        await File.WriteAllTextAsync(Path.Combine(folder, "Directory.Packages.props"), Repository.Read("Directory.Packages.props"));
        await File.WriteAllTextAsync(Path.Combine(folder, "Probe.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
                <WarningsAsErrors>RS0030</WarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Microsoft.CodeAnalysis.BannedApiAnalyzers" />
                {string.Concat(Lists.Select(list => $"""<AdditionalFiles Include="{Path.Combine(Repository.Root, list)}" />"""))}
              </ItemGroup>
            </Project>
            """);
    }

    private static string Use(ISymbol symbol)
    {
        var format = SymbolDisplayFormat.FullyQualifiedFormat;
        var type = symbol.ContainingType is { IsGenericType: true } generic
            ? generic.Construct([.. generic.TypeArguments.Select(_ => generic.ContainingAssembly.GetTypeByMetadataName("System.Object") ?? generic)])
            : symbol.ContainingType;
        var on = symbol.IsStatic ? type?.ToDisplayString(format) : $"default({type?.ToDisplayString(format)})";
        return symbol switch
        {
            IPropertySymbol property => $"_ = {on}.{property.Name};",
            IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => $"_ = new {type!.ToDisplayString(format)}({Arguments(constructor)});",
            IMethodSymbol method => $"{on}.{method.Name}({Arguments(method)});",
            ITypeSymbol banned => $"_ = new {banned.ToDisplayString(format)}();",
            _ => throw new NotSupportedException($"No probe is written for {symbol.Kind}."),
        };

        string Arguments(IMethodSymbol method) =>
            string.Join(", ", method.Parameters.Select(parameter => $"default({parameter.Type.ToDisplayString(format)})"));
    }

    private static async Task<string> BuildAsync(string folder)
    {
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", "--nologo", "-v", "q", "-nodeReuse:false"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = build.StandardError.ReadToEndAsync();
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        return output + await errors;
    }
}
