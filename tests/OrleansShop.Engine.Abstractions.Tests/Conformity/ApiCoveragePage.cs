using System.Globalization;
using System.Text;

namespace OrleansShop.Engine.Abstractions.Tests.Conformity;

/// <summary>The page that says how much of the official API there is, and what is left out and why.</summary>
internal static class ApiCoveragePage
{
    public static string Write(Reasons reasons)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            # API coverage

            How much of the public API of Orleans 10.4 there is. A test writes this page (`UPDATE_SNAPSHOTS=1`) and fails when it is not current; the same tests fail when
            anything of ours in an `Orleans` namespace differs from the official signature, and when anything is left out without a reason.

            | compared with | official | here |
            | --- | --- | --- |
            | types in the metadata of Microsoft.Orleans.Core.Abstractions and Microsoft.Orleans.TestingHost | {Surfaces.Official.Count} | {Surfaces.Official.Keys.Count(Surfaces.Ours.ContainsKey)} |
            | members in that metadata | {Members(_ => true)} | {Members(_ => true) - MissingMembers()} |
            | facts (kinds, bases, interfaces, members) of the types that applications use, in all packages | {ApiCoverage.Listed} | {ApiCoverage.Have} ({ApiCoverage.Percent:0.0} %) |

            ## By namespace

            | namespace | listed facts | here |
            | --- | --- | --- |

            """);
        foreach (var group in ListedApi.Facts.GroupBy(type => Surfaces.NamespaceOf(type.Key)).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var listed = group.Sum(type => type.Value.Count);
            page.Append(CultureInfo.InvariantCulture, $"| {group.Key} | {listed} | {listed - group.Sum(type => ApiCoverage.MissingOf(type.Key))} |\n");
        }

        page.Append("\n## Left out\n");
        foreach (var group in LeftOut.All.GroupBy(part => part.Namespace).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n### {group.Key}\n\n");
            foreach (var because in group.GroupBy(part => reasons.For(part.Key) ?? "No reason given."))
                page.Append(CultureInfo.InvariantCulture, $"- {because.Key} {string.Join(", ", because.Select(part => $"`{part.Key}`"))}\n");
        }

        return page.ToString();
    }

    private static int Members(Func<SurfaceType, bool> which) => Surfaces.Official.Values.Where(which).Sum(type => type.Facts.Count);

    private static int MissingMembers() => Surfaces.Official.Values.Sum(type =>
        Surfaces.Ours.TryGetValue(type.Name, out var ours) ? type.Facts.Except(ours.Facts).Count : type.Facts.Count);
}
