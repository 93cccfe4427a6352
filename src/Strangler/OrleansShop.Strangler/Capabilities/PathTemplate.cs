using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace OrleansShop.Strangler.Capabilities;

/// <summary>A path whose segments are literals or one parameter each, such as <c>/books/{bookId}</c>. Literals ignore case, as ASP.NET Core's do.</summary>
internal sealed class PathTemplate
{
    private readonly ImmutableArray<Segment> _segments;

    private PathTemplate(ImmutableArray<Segment> segments) => _segments = segments;

    /// <summary>What a valid template looks like, for error messages.</summary>
    internal const string Wanted = "a path such as /books/{bookId}, whose segments are letters, digits, '-', '_', '.' or one parameter each, none of them twice";

    /// <summary>Orders templates so that the first one that matches a path is the one that ASP.NET Core would choose.</summary>
    internal static IComparer<PathTemplate> MostSpecificFirst { get; } = Comparer<PathTemplate>.Create(CompareSpecificity);

    internal IEnumerable<string> Parameters => _segments.Where(static segment => segment.IsParameter).Select(static segment => segment.Text);

    internal static PathTemplate Parse(string text) =>
        TryParse(text, out var template) ? template : throw new FormatException($"'{text}' is not {Wanted}.");

    internal static bool TryParse(string? text, [NotNullWhen(true)] out PathTemplate? template)
    {
        template = null;
        if (text is null || text.Length < 2 || text[0] != '/')
        {
            return false;
        }

        var segments = text[1..].Split('/').Select(Segment.Parse).ToImmutableArray();
        var parameters = segments.Where(static segment => segment.IsParameter).Select(static segment => segment.Text).ToList();
        if (segments.Any(static segment => !segment.IsValid) || parameters.Distinct(StringComparer.OrdinalIgnoreCase).Count() != parameters.Count)
        {
            return false;
        }

        template = new PathTemplate(segments);
        return true;
    }

    internal bool TryMatch(string path, [NotNullWhen(true)] out IReadOnlyDictionary<string, string>? values)
    {
        values = null;
        var parts = path.TrimEnd('/').Split('/');
        if (parts.Length != _segments.Length + 1 || parts[0].Length != 0)
        {
            return false;
        }

        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < _segments.Length; i++)
        {
            var part = parts[i + 1];
            if (_segments[i].IsParameter && part.Length > 0)
            {
                found.Add(_segments[i].Text, part);
            }
            else if (!_segments[i].IsLiteral(part))
            {
                return false;
            }
        }

        values = found;
        return true;
    }

    /// <summary>
    /// Whether some path matches both and neither is the more specific one, so that which of them answers would be a matter of luck.
    /// </summary>
    internal bool IsAmbiguousWith(PathTemplate other)
    {
        if (_segments.Length != other._segments.Length)
        {
            return false;
        }

        var thisNarrower = false;
        var otherNarrower = false;
        foreach (var (mine, theirs) in _segments.Zip(other._segments))
        {
            if (mine.IsParameter != theirs.IsParameter)
            {
                thisNarrower |= theirs.IsParameter;
                otherNarrower |= mine.IsParameter;
            }
            else if (!mine.IsParameter && !theirs.IsLiteral(mine.Text))
            {
                return false;
            }
        }

        return thisNarrower == otherNarrower;
    }

    private static int CompareSpecificity(PathTemplate one, PathTemplate other)
    {
        foreach (var (mine, theirs) in one._segments.Zip(other._segments))
        {
            if (mine.IsParameter != theirs.IsParameter)
            {
                return mine.IsParameter ? 1 : -1;
            }
        }

        return 0;
    }

    private readonly record struct Segment(string Text, bool IsParameter, bool IsValid)
    {
        internal static Segment Parse(string text)
        {
            var isParameter = text is ['{', .., '}'];
            var name = isParameter ? text[1..^1] : text;
            var isValid = name.Length > 0 && name is not ("." or "..") && name.All(c => char.IsAsciiLetterOrDigit(c) || (!isParameter && c is '-' or '_' or '.'));
            return new Segment(name, isParameter, isValid);
        }

        internal bool IsLiteral(string text) => !IsParameter && string.Equals(Text, text, StringComparison.OrdinalIgnoreCase);
    }
}
