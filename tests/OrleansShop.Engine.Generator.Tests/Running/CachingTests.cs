using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace OrleansShop.Engine.Generator.Tests.Running;

public sealed class CachingTests
{
    private static readonly string[] s_sources =
    [
        """
        public interface ICart : IGrainWithStringKey { Task Add(Order order); }
        public class CartGrain : Grain, ICart { public Task Add(Order order) => Task.CompletedTask; }
        """,
        """
        [GenerateSerializer, Alias("order")] public class Order { [Id(0)] public int Count; }
        """,
        """
        public class Unrelated { public int Value => 1; }
        """,
    ];

    [Fact]
    public void An_edit_of_another_file_regenerates_nothing()
    {
        var result = RunTwice(edited: 3, "public class Unrelated { public int Value => 2; public class More { } }");

        AllKept(result);
    }

    [Fact]
    public void A_new_file_regenerates_nothing()
    {
        var compilation = GeneratorRun.Compile("Tested", s_sources);
        var driver = GeneratorRun.Driver.RunGenerators(compilation);
        var more = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("public class More : Unrelated;", GeneratorRun.ParseOptions, "More.cs"));

        AllKept(driver.RunGenerators(more).GetRunResult().Results.Single());
    }

    [Theory]
    [InlineData("Task.CompletedTask", "Task.Delay(0)")]
    [InlineData("public class CartGrain", "/* a cart */ public class CartGrain")]
    [InlineData("Task Add(Order order);", "/// <summary>Adds.</summary>\n Task Add(Order order);")]
    public void An_edit_of_a_method_body_or_a_comment_regenerates_nothing(string old, string replacement)
    {
        Assert.Contains(old, s_sources[0], StringComparison.Ordinal);
        AllKept(RunTwice(edited: 1, s_sources[0].Replace(old, replacement, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_removed_file_regenerates_nothing_of_the_others()
    {
        var compilation = GeneratorRun.Compile("Tested", s_sources);
        var driver = GeneratorRun.Driver.RunGenerators(compilation);

        AllKept(driver.RunGenerators(compilation.RemoveSyntaxTrees(compilation.SyntaxTrees[3])).GetRunResult().Results.Single());
    }

    [Fact]
    public void A_moved_line_regenerates_nothing()
    {
        var result = RunTwice(edited: 2, "\n\n" + s_sources[1]);

        Assert.All(OutputReasons(result), IsKept);
    }

    [Fact]
    public void A_new_member_regenerates_one_codec_and_not_the_manifest()
    {
        var result = RunTwice(edited: 2, """
            [GenerateSerializer, Alias("order")] public class Order { [Id(0)] public int Count; [Id(1)] public int Price; }
            """);

        Assert.Equal(IncrementalStepRunReason.Modified, Assert.Single(Reasons(result, "Types")));
        IsKept(Assert.Single(Reasons(result, "Manifest")));
        IsKept(Assert.Single(Reasons(result, "Interfaces")));
    }

    [Fact]
    public void The_same_sources_in_another_order_give_the_same_text()
    {
        var forward = GeneratorRun.Of(s_sources);
        var backward = GeneratorRun.Of([.. s_sources.Reverse()]);

        Assert.Equal(Texts(forward), Texts(backward));

        static SortedDictionary<string, string> Texts(GeneratorRun run) => new(run.Sources.ToDictionary(s => s.HintName, s => s.SourceText.ToString()), StringComparer.Ordinal);
    }

    private static GeneratorRunResult RunTwice(int edited, string text)
    {
        var compilation = GeneratorRun.Compile("Tested", s_sources);
        var driver = GeneratorRun.Driver.RunGenerators(compilation);
        var tree = compilation.SyntaxTrees[edited];
        var changed = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(text, GeneratorRun.ParseOptions, tree.FilePath));
        return driver.RunGenerators(changed).GetRunResult().Results.Single();
    }

    private static void AllKept(GeneratorRunResult result)
    {
        Assert.All(OutputReasons(result), IsKept);
        foreach (var name in new[] { "Interfaces", "Types", "Leveled", "Classes", "Manifest", "Served", "Findings" }) Assert.All(Reasons(result, name), IsKept);
    }

    private static void IsKept(IncrementalStepRunReason reason) =>
        Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, reason.ToString());

    private static IEnumerable<IncrementalStepRunReason> OutputReasons(GeneratorRunResult result) =>
        result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs).Select(output => output.Reason);

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(s => s.Outputs).Select(output => output.Reason);
}
