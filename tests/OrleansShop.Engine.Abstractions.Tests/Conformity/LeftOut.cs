using System.Text.RegularExpressions;

namespace OrleansShop.Engine.Abstractions.Tests.Conformity;

/// <summary>A part of the official API that we do not have: a whole type, or a member of a type that we have.</summary>
internal sealed partial record LeftOut(string Type, string? Member)
{
    /// <summary>Everything that is left out, in order.</summary>
    public static readonly IReadOnlyList<LeftOut> All =
        [.. Types().Concat(MetadataMembers()).Concat(ListedMembers()).Distinct().OrderBy(part => part.Key, StringComparer.Ordinal)];

    /// <summary>How the part is named in the reasons and on the page.</summary>
    public string Key => Member is null ? Type : $"{Type}: {Member}";

    /// <summary>The namespace of the type; a type in a type has that of the outer one.</summary>
    public string Namespace => Surfaces.NamespaceOf(Type);

    private static IEnumerable<LeftOut> Types() =>
        Surfaces.Official.Keys.Concat(ListedApi.Facts.Keys.Select(MetadataName)).Where(name => !Has(name)).Select(name => new LeftOut(name, null));

    private static IEnumerable<LeftOut> MetadataMembers() => Surfaces.Official.Values
        .Where(official => Surfaces.Ours.ContainsKey(official.Name))
        .SelectMany(official => official.Facts.Except(Surfaces.Ours[official.Name].Facts).Select(member => new LeftOut(official.Name, member)));

    // Where there is metadata, it has already named the member; the list adds what metadata does not say, such as what may be null.
    private static IEnumerable<LeftOut> ListedMembers()
    {
        var named = MetadataMembers().Select(part => (part.Type, Name(part.Member!))).ToHashSet();
        return ListedApi.Missing().Select(missing => new LeftOut(MetadataName(missing.Type), missing.Fact))
            .Where(part => Has(part.Type) && !named.Contains((part.Type, Name(part.Member!))));
    }

    private static bool Has(string name) => Surfaces.Ours.ContainsKey(name) || ListedApi.OurFacts.Keys.Any(ours => MetadataName(ours) == name);

    /// <summary>A listed name as metadata has it: the number of type parameters in place of their names.</summary>
    public static string MetadataName(string listed)
    {
        var parameters = listed.IndexOf('<', StringComparison.Ordinal);
        return parameters < 0 ? listed : $"{listed[..parameters]}`{listed.Count(character => character == ',') + 1}";
    }

    private static string Name(string member) => MemberName().Match(member).Groups["name"].Value;

    [GeneratedRegex(@"(?:^|[ .])(?:get_|set_)?(?<name>\w+)(?:<[^(]*>)?(?:\(| \{| =|$)")]
    private static partial Regex MemberName();
}
