using Xunit;

namespace OrleansShop.Conventions.Tests;

public sealed class TopLevelTests
{
    [Fact]
    public void The_top_level_holds_only_what_a_newcomer_needs_to_see()
    {
        string[] expected =
        [
            "src", "tests", "deploy", "docs", "Dockerfile", "OrleansShop.sln", "README.md", "global.json",
            "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props",
        ];
        string[] made = ["bin", "obj", "artifacts", "data", "TestResults"];

        var found = Directory.EnumerateFileSystemEntries(Repository.Root).Select(Path.GetFileName).OfType<string>()
            .Where(name => !name.StartsWith('.'))
            .Except(made);

        Expect.None(found.Except(expected), "Unexpected at the top level:");
        Expect.None(expected.Where(name => !Repository.Exists(name)), "Missing at the top level:");
    }

    /// <summary>Names that the programming model has, which applications write and we may not change.</summary>
    private static readonly string[] Given = ["ObserverManager", "TestingUtils", "IVersionManager"];

    [Theory]
    [InlineData("Manager")]
    [InlineData("Helper")]
    [InlineData("Helpers")]
    [InlineData("Util")]
    [InlineData("Utils")]
    [InlineData("Utilities")]
    [InlineData("Common")]
    [InlineData("Misc")]
    [InlineData("Processor")]
    [InlineData("Impl")]
    public void No_file_of_ours_is_named_after_nothing(string word)
    {
        Expect.None(Repository.ProductSource
            .Select(file => file.Path)
            .Where(path => !Given.Contains(Path.GetFileNameWithoutExtension(path)))
            .Where(path => Path.GetFileNameWithoutExtension(path).EndsWith(word, StringComparison.Ordinal) || path.Contains($"/{word}/", StringComparison.Ordinal)), "Names that say nothing:");
    }
}
