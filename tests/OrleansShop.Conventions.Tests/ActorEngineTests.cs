using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace OrleansShop.Conventions.Tests;

/// <summary>The application can be built on the official packages instead of this repository's engine; here is what can be checked without them.</summary>
public sealed class ActorEngineTests
{
    private const string ApplicationFilter = "deploy/OrleansShop.Application.slnf";

    [Fact]
    public void The_application_filter_has_every_project_but_those_of_the_builtin_engine()
    {
        var filter = JsonDocument.Parse(Repository.Read(ApplicationFilter)).RootElement.GetProperty("solution").GetProperty("projects");
        var filtered = filter.EnumerateArray().Select(project => project.GetString()!.Replace('\\', '/')).Order(StringComparer.Ordinal);

        Assert.Equal(Repository.Files("*.csproj").Where(project => !IsOfTheBuiltInEngine(project)), filtered);
    }

    [Fact]
    public async Task No_project_of_the_application_references_the_builtin_engine_when_the_official_one_is_chosen()
    {
        var (exitCode, output) = await CheckReferencesAsync(Path.Combine(Repository.Root, ApplicationFilter));

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task A_project_that_references_the_builtin_engine_does_not_build_on_the_official_one()
    {
        var folder = Directory.CreateTempSubdirectory("actor-engine-");
        try
        {
            var project = Path.Combine(folder.FullName, "Stray.csproj");
            await File.WriteAllTextAsync(project, $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <Import Project="{Repository.Root}/Directory.Build.targets" />
                  <ItemGroup>
                    <ProjectReference Include="{Repository.Root}/src/Engine/OrleansShop.Engine/OrleansShop.Engine.csproj" />
                  </ItemGroup>
                </Project>
                """, TestContext.Current.CancellationToken);

            var (exitCode, output) = await CheckReferencesAsync(project);

            Assert.NotEqual(0, exitCode);
            Assert.Contains("Stray references OrleansShop.Engine while ActorEngine is Orleans", output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Application_code_names_nothing_that_only_the_builtin_engine_has()
    {
        Expect.None(ApplicationCode.Uses.Where(use => !use.Type.StartsWith("Orleans.", StringComparison.Ordinal) && !use.Type.StartsWith("Microsoft.Extensions.Hosting.", StringComparison.Ordinal))
            .Select(use => use.ToString()).Distinct(), "Uses of the built-in engine's own types outside a BuiltIn folder:");
    }

    [Fact]
    public void Application_code_names_nothing_of_ours_that_official_namespaces_do_not_have()
    {
        // A line: a type, or a type and a member, then a tab and why it is there. Official ones are listed too, where no metadata and no listed fact shows them.
        var alone = Repository.Read("tests/OrleansShop.Engine.Abstractions.Tests/Conformity/ours-alone.txt").Split('\n')
            .Where(line => line.Contains('\t', StringComparison.Ordinal) && !line.Contains("\tOfficial", StringComparison.Ordinal))
            .Select(line => line.Split('\t')[0].Split(": "))
            .ToLookup(entry => entry[0], entry => entry.Length == 1 ? null : entry[1]);

        Expect.None(ApplicationCode.Uses.Where(use => alone[use.Type].Any(member => member is null || member.Contains($" {use.Member}", StringComparison.Ordinal)))
            .Select(use => use.ToString()).Distinct(), "Uses of types or members that only the built-in engine has in an official namespace:");
    }

    [Fact]
    public void The_code_for_the_official_engine_compiles_against_the_programming_model()
    {
        Assert.NotEmpty(ApplicationCode.OrleansFiles);
        Expect.None(ApplicationCode.Errors.Where(error => error.Contains("/Orleans/", StringComparison.Ordinal)), "Errors in files for the official engine:");
    }

    [Fact]
    public void Application_code_was_understood()
    {
        Assert.Contains(ApplicationCode.Uses, use => use is { Type: "Orleans.Grain", Member: "DeactivateOnIdle" });
        Expect.None(ApplicationCode.Errors.Where(error => error.Contains("CS0246", StringComparison.Ordinal)), "Types that were not found:");
    }

    private static bool IsOfTheBuiltInEngine(string project) =>
        project.StartsWith("src/Engine/", StringComparison.Ordinal)
        || Path.GetFileName(project).StartsWith("OrleansShop.Engine", StringComparison.Ordinal)
        || Path.GetFileName(project).StartsWith("System.IO.Hashing", StringComparison.Ordinal);

    private static async Task<(int ExitCode, string Output)> CheckReferencesAsync(string project)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["msbuild", project, "-t:CheckEngineReferences", "-p:ActorEngine=Orleans", "-nologo", "-v:minimal", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await error);
    }
}
