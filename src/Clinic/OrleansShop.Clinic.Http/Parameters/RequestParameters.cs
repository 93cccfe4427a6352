using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Unicode;
using OrleansShop.Clinic.Http.Problems;

namespace OrleansShop.Clinic.Http.Parameters;

/// <summary>Ids in the path and parameters of the query string. An id in a path has one form: 1 is not also reachable as 01 or +1.</summary>
internal static class RequestParameters
{
    private const int DefaultPageSize = 20;
    private const int MaxPageSize = 100;

    public static int PathId(string parameter, string segment) =>
        TryParse(segment, out var id) && (segment.Length == 1 || segment[0] != '0') ? id : throw Invalid(ContractTexts.NotAPathId(parameter));

    public static PageRequest Page(IQueryCollection query)
    {
        var page = Number(query, "page", fallback: 0, ContractTexts.NotAPage);
        var size = Number(query, "size", DefaultPageSize, ContractTexts.NotASize);
        return size is >= 1 and <= MaxPageSize ? new PageRequest(page, size) : throw Invalid(ContractTexts.NotASize);
    }

    /// <summary>The wanted start of the last name; null when any will do. Percent-encoded bytes that are not UTF-8 are refused: decoding would leave them encoded, as if they had been meant so.</summary>
    public static string? LastName(HttpRequest request)
    {
        if (!request.Query.TryGetValue("lastName", out var values)) return null;

        var text = values.Count == 1 ? values[0]! : throw Invalid(ContractTexts.NotALastName);
        if (text.Any(char.IsControl) || !IsUtf8(request.QueryString.Value!)) throw Invalid(ContractTexts.NotALastName);
        return text.Length == 0 ? null : text;
    }

    private static bool IsUtf8(string encodedQuery)
    {
        var encoded = Encoding.UTF8.GetBytes(encodedQuery);
        return Utf8.IsValid(WebUtility.UrlDecodeToBytes(encoded, 0, encoded.Length));
    }

    private static int Number(IQueryCollection query, string name, int fallback, string message)
    {
        if (!query.TryGetValue(name, out var values)) return fallback;
        return values.Count == 1 && TryParse(values[0]!, out var number) ? number : throw Invalid(message);
    }

    private static bool TryParse(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static ProblemException Invalid(string detail) => new(ProblemKind.BadRequest, detail);
}
