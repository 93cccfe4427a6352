using System.Collections.Immutable;

namespace OrleansShop.Strangler.Capabilities;

/// <summary>
/// What does not count when the monolith's answer and the grain service's to the same request are compared as JSON. A path is made of the names of properties, outermost first, with dots between them, such as
/// <c>pets.visits</c>; it leads through arrays without naming them. <c>$</c> is the whole document. Immutable.
/// </summary>
/// <param name="Ignored">The paths of what may differ.</param>
/// <param name="Unordered">The paths of arrays whose order does not count.</param>
public sealed record CompareRules(ImmutableArray<string> Ignored, ImmutableArray<string> Unordered)
{
    /// <summary>The path of the whole document.</summary>
    public const string Root = "$";

    internal const string Wanted = "a path of property names with dots between them, such as pets.visits, of at most 200 characters";
    internal const int MaxPaths = 100;

    private const int MaxPathCharacters = 200;

    /// <summary>Everything counts.</summary>
    public static CompareRules None { get; } = new([], []);

    /// <summary>Whether a text is a path below the root.</summary>
    internal static bool IsPath(string path) =>
        path.Length is > 0 and <= MaxPathCharacters && path.Split('.').All(static name => name.Length > 0 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'));
}
