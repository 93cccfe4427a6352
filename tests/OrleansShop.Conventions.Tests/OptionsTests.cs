using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace OrleansShop.Conventions.Tests;

/// <summary>What an option's documentation says of its default and range is what the code says.</summary>
public sealed partial class OptionsTests
{
    [Fact]
    public void The_documented_default_of_an_option_is_its_default()
    {
        var wrong =
            from option in Options()
            let documented = DefaultInText().Match(option.Documentation)
            where documented.Success
            let said = Value(documented.Groups["value"].Value)
            let real = Initializer(option.Property)
            where said is not null && real is not null && said != real && !(said == "0" && real == TimeSpan.Zero.ToString())
            select $"{option.Path}: {option.Property.Identifier} says {said} and is {real}";

        Expect.None(wrong, "Documented defaults that are not the default:");
    }

    [Fact]
    public void Every_option_of_ours_says_its_default()
    {
        Expect.None(Options()
            .Where(option => option.Namespace.StartsWith("OrleansShop", StringComparison.Ordinal))
            .Where(option => !option.Documentation.Contains("Default", StringComparison.Ordinal) && !option.Documentation.Contains("Required", StringComparison.Ordinal))
            .Select(option => $"{option.Path}: {option.Property.Identifier}"), "Options that do not say their default:");
    }

    [Fact]
    public void The_documented_range_of_a_numeric_option_is_its_range()
    {
        var wrong =
            from option in Options()
            let range = Range(option.Property)
            where range is not null
            let documented = RangeInText().Match(option.Documentation)
            where !documented.Success || Number(documented.Groups["low"].Value) != range.Value.Low || Number(documented.Groups["high"].Value) != range.Value.High
            select $"{option.Path}: {option.Property.Identifier} must document the range {range.Value.Low} to {range.Value.High}";

        Expect.None(wrong, "Documented ranges that are not the range:");
    }

    private static IEnumerable<(string Path, string Namespace, PropertyDeclarationSyntax Property, string Documentation)> Options() =>
        from file in Repository.ProductSource
        from type in file.Tree.GetCompilationUnitRoot().DescendantNodes().OfType<ClassDeclarationSyntax>()
        where type.Identifier.ValueText.EndsWith("Options", StringComparison.Ordinal) && !type.Modifiers.Any(SyntaxKind.StaticKeyword)
        from property in type.Members.OfType<PropertyDeclarationSyntax>()
        where property.Modifiers.Any(SyntaxKind.PublicKeyword) && property.AccessorList?.Accessors.Any(SyntaxKind.SetAccessorDeclaration) == true
        let space = type.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString() ?? ""
        select (file.Path, space, property, Spaces().Replace(property.GetLeadingTrivia().ToFullString().Replace("///", " "), " "));

    private static string? Initializer(PropertyDeclarationSyntax property)
    {
        var text = property.Initializer?.Value.ToString();
        if (text is null)
        {
            return property.Type.ToString() switch { "bool" => "false", "int" or "long" => "0", "TimeSpan" => TimeSpan.Zero.ToString(), _ => null };
        }

        var span = SpanInCode().Match(text);
        return text == "TimeSpan.Zero" ? TimeSpan.Zero.ToString() : span.Success ? Duration(span.Groups["number"].Value, span.Groups["unit"].Value) : Value(text);
    }

    private static string? Value(string text)
    {
        text = Tags().Replace(text, "").Trim().TrimEnd('.', ',', ';', ':').Replace("_", "");
        var span = SpanInText().Match(text);
        if (span.Success)
        {
            return Duration(span.Groups["number"].Value, span.Groups["unit"].Value + "s");
        }

        return text is "true" or "false" ? text : Number(text)?.ToString(CultureInfo.InvariantCulture);
    }

    private static string? Duration(string number, string unit)
    {
        if (Number(number) is not { } amount)
        {
            return null;
        }

        var value = (double)amount;
        return (unit.ToLowerInvariant().Replace("ss", "s") switch
        {
            "milliseconds" => TimeSpan.FromMilliseconds(value),
            "seconds" => TimeSpan.FromSeconds(value),
            "minutes" => TimeSpan.FromMinutes(value),
            "hours" => TimeSpan.FromHours(value),
            _ => TimeSpan.FromDays(value),
        }).ToString();
    }

    private static decimal? Number(string text) =>
        decimal.TryParse(text.Replace("_", "").Replace(",", "").TrimEnd('L', 'l', 'd', 'D', 'f', 'F'), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static (decimal Low, decimal High)? Range(PropertyDeclarationSyntax property)
    {
        var arguments = property.AttributeLists.SelectMany(list => list.Attributes)
            .FirstOrDefault(attribute => attribute.Name.ToString() == "Range")?.ArgumentList?.Arguments;
        return arguments is { Count: 2 } && Number(arguments.Value[0].ToString()) is { } low && Number(arguments.Value[1].ToString()) is { } high
            ? (low, high)
            : null;
    }

    [GeneratedRegex(@"Default (?<value>(?:<c>[^<]*</c>)|(?:[0-9][0-9,._]*(?: (?:millisecond|second|minute|hour|day)s?)?)|true|false)")]
    private static partial Regex DefaultInText();

    [GeneratedRegex(@"Range (?<low>-?[0-9][0-9,_.]*) to (?<high>[0-9][0-9,_]*(?:\.[0-9]+)?)")]
    private static partial Regex RangeInText();

    [GeneratedRegex(@"^TimeSpan\.From(?<unit>\w+)\((?<number>[0-9_.]+)\)$")]
    private static partial Regex SpanInCode();

    [GeneratedRegex(@"^(?<number>[0-9][0-9,.]*) (?<unit>millisecond|second|minute|hour|day)s?$")]
    private static partial Regex SpanInText();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
