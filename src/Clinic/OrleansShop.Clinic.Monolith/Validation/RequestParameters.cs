using System.Globalization;
using OrleansShop.Clinic.Monolith.Clinic;
using OrleansShop.Clinic.Monolith.Problems;

namespace OrleansShop.Clinic.Monolith.Validation;

/// <summary>Ids in the path and parameters of the query string. An id in a path has one form: 1 is not also reachable as 01 or +1.</summary>
internal static class RequestParameters
{
    private const int DefaultPageSize = 20;
    private const int MaxPageSize = 100;
    private const char ReplacementCharacter = '\uFFFD';

    public static int PathId(string parameter, string segment) =>
        TryParse(segment, out var id) && (segment.Length == 1 || segment[0] != '0') ? id : throw Invalid(ContractTexts.NotAPathId(parameter));

    public static PageRequest Page(IQueryCollection query)
    {
        var page = Number(query, "page", fallback: 0, ContractTexts.NotAPage);
        var size = Number(query, "size", DefaultPageSize, ContractTexts.NotASize);
        return size is >= 1 and <= MaxPageSize ? new PageRequest(page, size) : throw Invalid(ContractTexts.NotASize);
    }

    /// <summary>The wanted start of the last name; null when any will do. Bytes that were not UTF-8 before decoding show as U+FFFD and are refused.</summary>
    public static string? LastName(IQueryCollection query)
    {
        if (!query.TryGetValue("lastName", out var values)) return null;

        var text = values.Count == 1 ? values[0]! : throw Invalid(ContractTexts.NotALastName);
        if (text.Any(c => char.IsControl(c) || c == ReplacementCharacter)) throw Invalid(ContractTexts.NotALastName);
        return text.Length == 0 ? null : text;
    }

    private static int Number(IQueryCollection query, string name, int fallback, string message)
    {
        if (!query.TryGetValue(name, out var values)) return fallback;
        return values.Count == 1 && TryParse(values[0]!, out var number) ? number : throw Invalid(message);
    }

    private static bool TryParse(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static ProblemException Invalid(string detail) => new(ProblemKind.InvalidParameter, detail);
}
