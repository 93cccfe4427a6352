using Xunit;

namespace OrleansShop.Engine.Abstractions.Tests.Conformity;

/// <summary>
/// What applications use of the official API is here, with its signatures, or is left out for a reason; and nothing is in the official namespaces that is not official.
/// Run with <c>UPDATE_SNAPSHOTS=1</c> to remove rows that are no longer needed and to write the page anew.
/// </summary>
public sealed class ListedApiTests(ITestOutputHelper output)
{
    /// <summary>How many of a hundred listed facts there are at least. Raise it when there are more; nothing may be taken away.</summary>
    private const double PercentReached = 87.0;

    private static readonly Reasons s_leftOut = new("left-out.txt");
    private static readonly Reasons s_oursAlone = new("ours-alone.txt");

    private static bool IsUpdate => Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1";

    [Fact]
    public void What_we_declare_in_the_official_namespaces_is_official()
    {
        var unknown = OursAlone().Where(key => s_oursAlone.For(key) is null).Order(StringComparer.Ordinal).ToList();
        Assert.True(unknown.Count == 0,
            "These stand in an official namespace, and neither metadata nor the list knows them. Give them the official signature, move them to a namespace of our own,"
            + $" or give the reason in ours-alone.txt:{Environment.NewLine}{string.Join(Environment.NewLine, unknown)}");
    }

    [Fact]
    public void What_is_left_out_has_a_reason()
    {
        foreach (var group in LeftOut.All.GroupBy(part => part.Namespace))
        {
            output.WriteLine($"{group.Key}:");
            foreach (var part in group)
                output.WriteLine($"  {part.Key}: {s_leftOut.For(part.Key)}");
        }

        var withoutReason = LeftOut.All.Select(part => part.Key).Where(key => s_leftOut.For(key) is null).ToList();
        Assert.True(withoutReason.Count == 0, $"These are left out; say why in left-out.txt:{Environment.NewLine}{string.Join(Environment.NewLine, withoutReason)}");
    }

    [Fact]
    public void A_reason_goes_when_what_it_is_for_is_here()
    {
        Unneeded("left-out.txt", s_leftOut, [.. LeftOut.All.Select(part => part.Key)]);
        Unneeded("ours-alone.txt", s_oursAlone, [.. OursAlone()]);
    }

    [Fact]
    public void Coverage_only_rises()
    {
        output.WriteLine($"{ApiCoverage.Have} of {ApiCoverage.Listed} listed facts are here: {ApiCoverage.Percent:0.00} %.");
        Assert.InRange(ApiCoverage.Percent, PercentReached, 100.0);
    }

    [Fact]
    public void The_page_about_coverage_is_current()
    {
        var path = Surfaces.Path("docs/engine/api-coverage.md");
        var page = ApiCoveragePage.Write(s_leftOut);
        if (IsUpdate)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, page);
        }

        Assert.True(File.Exists(path) && File.ReadAllText(path) == page, $"{path} is not current. Run these tests with UPDATE_SNAPSHOTS=1 to write it.");
    }

    private static IEnumerable<string> OursAlone()
    {
        var listed = ListedApi.Facts.ToDictionary(type => LeftOut.MetadataName(type.Key), type => type.Value);
        foreach (var type in ListedApi.OurTypes())
        {
            // Types with official metadata are compared with it, member by member, by OfficialSignatureTests.
            var name = LeftOut.MetadataName(DeclaredFacts.NameOf(type));
            if (Surfaces.Official.ContainsKey(name))
                continue;
            if (!listed.TryGetValue(name, out var official))
                yield return name;
            else
            {
                foreach (var fact in DeclaredFacts.Of(type).Except(official).Except(DeclaredFacts.Inherited(type)))
                    yield return $"{name}: {fact}";
            }
        }
    }

    private static void Unneeded(string file, Reasons reasons, IReadOnlyCollection<string> keys)
    {
        var unneeded = reasons.Unneeded(keys);
        if (IsUpdate)
            TextTable.Remove(file, unneeded.ToHashSet());
        else
            Assert.True(unneeded.Count == 0, $"Remove these rows from {file}: what they excuse is no more.{Environment.NewLine}{string.Join(Environment.NewLine, unneeded)}");
    }
}
